#include "server/local/control/resource_control.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "server/base/iso8601.h"
#include "server/local/control/control_error.h"
#include "server/local/control/parameters.h"
#include "server/local/control/resource_lines.h"
#include "server/local/snapshot/update_reader.h"
#include "server/service/lifecycle/timeline_change.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/lifecycle/timeline_work.h"
#include "server/service/resources/kinds.h"
#include "server/service/resources/resource_view.h"

namespace plocal::control {
namespace {

using base::Json;
using base::Problem;
using resources::Kind;
using storage::Record;
using world::World;

/// The body of a transition.
struct Push {
    std::string arn;
    std::optional<std::string> to;
    std::optional<std::string> failure_reason;
    bool is_forced = false;
};

std::string_view read_push_member(Push& push, std::string_view name, const Json& value) {
    const auto* const text = value.get_ptr<const std::string*>();
    if (name == "force") {
        if (value.is_boolean()) push.is_forced = value.get<bool>();
        return value.is_boolean() ? "" : "true or false";
    }
    if (text == nullptr) return "a text";
    if (name == "arn") push.arn = *text;
    if (name == "to") push.to = *text;
    if (name == "failureReason") push.failure_reason = *text;
    return "";
}

Push read_push(const Json& body) {
    static const std::vector<std::string> known = {"arn", "to", "failureReason", "force"};
    Push push;
    std::vector<Problem> problems;
    base::read_members(
        body, known, "is none of a transition", problems,
        [&push](std::string_view name, const Json& value) { return read_push_member(push, name, value); });
    if (push.arn.empty() && problems.empty()) problems.push_back({"/arn", "an ARN", "none"});
    refuse_problems(problems);
    return push;
}

void refuse_reason(const Push& push, std::string_view status) {
    if (push.failure_reason && !status.ends_with("FAILED")) {
        throw ControlError(400, "a failureReason is only for a failed status, such as CREATE FAILED", "/failureReason");
    }
}

void push_to(World& world, Record& record, const Push& push, std::string_view status, base::Instant now) {
    refuse_reason(push, status);
    if (status.starts_with("UPDATE")) snapshot::reopen_update(resources::kind_named(record.kind), record);
    const lifecycle::Plan plan = world.tenants().plans.plan_for(record.owner.account, record.kind);
    lifecycle::move_to(record.timeline, status, lifecycle::with_drawn_ranges(plan, record.kind, record.arn),
                       push.failure_reason, now, lifecycle::cause_command,
                       resources::kind_named(record.kind).transitions);
    if (lifecycle::is_failed(status) && lifecycle::state_at(record.timeline, now).failure_reason.empty()) {
        lifecycle::set_failure_reason(record.timeline, lifecycle::step_at(record.timeline, now).step,
                                      "It was made to fail, without a reason.");
    }
}

void push_forward(Record& record, const Push& push, base::Instant now) {
    lifecycle::move_on(record.timeline, now, lifecycle::cause_command);
    refuse_reason(push, lifecycle::state_at(record.timeline, now).status);
    if (!push.failure_reason) return;
    lifecycle::set_failure_reason(record.timeline, lifecycle::step_at(record.timeline, now).step, *push.failure_reason);
}

}  // namespace

Record find_resource(World& world, const std::string& account, const std::string& arn) {
    std::optional<Record> record = world.store().resources().find(arn);
    if (!record || (!account.empty() && record->owner.account != account)) {
        throw ControlError(404, "there is no resource " + arn);
    }
    return *std::move(record);
}

Record find_with_status(World& world, const std::string& account, const std::string& arn) {
    Record record = find_resource(world, account, arn);
    if (record.timeline.steps.empty()) throw ControlError(409, "a resource of this kind has no status: " + arn);
    return record;
}

std::string_view known_status(const Kind& kind, const std::string& status, std::string_view pointer) {
    const std::vector<std::string_view> known = resources::statuses_of(kind);
    const auto found = std::ranges::find(known, resources::stored_status(kind, status));
    if (found != known.end()) return *found;
    throw ControlError(400,
                       "a " + std::string(kind.words) + " has no status " + base::excerpt(status) + ": expected " +
                           resources::displayed_statuses(kind),
                       std::string(pointer));
}

Json state_json(World& world, const Kind& kind, const Record& record, base::Instant now) {
    const resources::StatusNames names = world.settings().status_names;
    const lifecycle::State state = lifecycle::state_at(record.timeline, now);
    const std::string status(resources::displayed_status(kind, state.status, names));
    base::Instant changed = state.changed;
    // After an update, Describe shows another moment than that of the last change.
    const Json shown = resources::current_value(kind, record, now, names);
    const auto moment = shown.find("lastUpdatedDateTime");
    if (moment != shown.end() && shown.value("status", "") == status) {
        changed = base::Instant(std::chrono::milliseconds(moment->get<std::int64_t>()));
    }
    return {{"arn", record.arn}, {"status", status}, {"lastUpdatedDateTime", base::iso8601(changed)}};
}

namespace {

/// One transition, checked until the work that it ends is over.
class Transition {
public:
    Transition(World& world, Push push, std::string account)
        : world_(world), push_(std::move(push)), account_(std::move(account)) {}

    Checked check(RealTime now, bool is_stopping);

private:
    bool must_wait(Record& record, const Kind& kind, base::Instant now);
    void apply(Record& record, const Kind& kind, base::Instant now);

    World& world_;
    Push push_;
    std::string account_;
    std::string working_status_;  // whose work has been waited for; empty before
};

Checked Transition::check(RealTime now, bool is_stopping) {
    Record record = find_with_status(world_, account_, push_.arn);
    const Kind& kind = resources::kind_named(record.kind);
    const base::Instant moment = world_.tenants().clocks.of(record.owner.account).now();
    const std::string_view present = lifecycle::state_at(record.timeline, moment).status;
    const bool is_over = lifecycle::is_terminal(present);
    if (is_over && !working_status_.empty()) return state_json(world_, kind, record, moment);
    if (is_over && !(push_.is_forced && push_.to)) {
        throw ControlError(
            409, "it is " + std::string(present) + R"(, a terminal status; "to" with "force": true changes it)");
    }
    if (must_wait(record, kind, moment)) {
        if (is_stopping) throw ControlError(503, "the server stops; the work of " + push_.arn + " has not ended");
        return much_later(now);
    }
    apply(record, kind, moment);
    world_.save(record, moment);
    return state_json(world_, kind, record, moment);
}

/// Returns true where work has to end first. Begins the work where it has not begun.
bool Transition::must_wait(Record& record, const Kind& kind, base::Instant now) {
    const std::string present(lifecycle::state_at(record.timeline, now).status);
    std::optional<std::string_view> working;
    if (push_.to) {
        working = lifecycle::working_status_before(record.timeline, known_status(kind, *push_.to, "/to"), now);
    } else if (lifecycle::is_working(record.timeline, now)) {
        working = present;
    }
    if (!working) return false;
    if (push_.to) refuse_reason(push_, known_status(kind, *push_.to, "/to"));
    working_status_ = *working;
    if (working_status_ == present) return true;
    const lifecycle::Plan plan = world_.tenants().plans.plan_for(record.owner.account, record.kind);
    lifecycle::move_to(record.timeline, working_status_, lifecycle::with_drawn_ranges(plan, record.kind, record.arn),
                       std::nullopt, now, lifecycle::cause_command, kind.transitions);
    world_.save(record, now);
    return true;
}

void Transition::apply(Record& record, const Kind& kind, base::Instant now) {
    const bool was_waited_for = lifecycle::state_at(record.timeline, now).status == working_status_;
    if (push_.to && !was_waited_for) {
        push_to(world_, record, push_, known_status(kind, *push_.to, "/to"), now);
    } else {
        push_forward(record, push_, now);
    }
}

}  // namespace

LongCall transition(World& world, const ControlCall& call) {
    const Push push = read_push(call.json());
    Transition transition(world, push, call.account);
    return {push.arn,
            [transition](RealTime now, bool is_stopping) mutable { return transition.check(now, is_stopping); }};
}

Json get_history(World& world, const ControlCall& call) {
    const Record record = find_with_status(world, call.account, required_arn(call));
    const base::Instant now = world.tenants().clocks.of(record.owner.account).now();
    return {{"history", statuses_so_far(world, record, now)}};
}

}  // namespace plocal::control
