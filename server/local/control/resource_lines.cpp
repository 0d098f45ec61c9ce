#include "server/local/control/resource_lines.h"

#include <cstddef>
#include <optional>

#include "server/base/iso8601.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/resources/kinds.h"

namespace plocal::control {
namespace {

using base::Instant;
using base::Json;
using resources::Kind;
using storage::Ending;
using storage::Record;
using world::World;

std::string_view shown_status(const World& world, const Kind& kind, std::string_view status) {
    return resources::displayed_status(kind, status, world.settings().status_names);
}

Json moment_json(const std::optional<Instant>& at) {
    return at ? Json(base::iso8601(*at)) : Json();
}

Json next_status(const World& world, const Kind& kind, const Record& record, std::size_t step,
                 const std::optional<Instant>& at) {
    const storage::Step& before = record.timeline.steps[step - 1];
    return {{"status", shown_status(world, kind, record.timeline.steps[step].status)},
            {"at", moment_json(at)},
            {"by", at ? "timer" : ending_of(before)}};
}

void add_status(const World& world, const Kind& kind, const Record& record, Instant now, Json& line) {
    const storage::Timeline& timeline = record.timeline;
    if (timeline.steps.empty()) {
        line["status"] = nullptr;
        line["changed"] = base::iso8601(timeline.changed);
        return;
    }
    const lifecycle::State state = lifecycle::state_at(timeline, now);
    line["status"] = shown_status(world, kind, state.status);
    if (!state.failure_reason.empty()) line["failureReason"] = state.failure_reason;
    line["changed"] = base::iso8601(state.changed);
    const std::size_t next = lifecycle::step_at(timeline, now).step + 1;
    if (next == timeline.steps.size()) return;
    line["next"] = next_status(world, kind, record, next, lifecycle::next_change(timeline, now));
}

}  // namespace

std::string_view ending_of(const storage::Step& step) {
    if (step.ending == Ending::polls) return "calls";
    if (step.ending == Ending::command) return "command";
    return "work";
}

Json resource_line(World& world, const Record& record, Instant now) {
    const Kind& kind = resources::kind_named(record.kind);
    const auto children = world.store().walk().children(record.arn);
    Json line = {{"arn", record.arn},
                 {"kind", record.kind},
                 {"name", record.name},
                 {"account", record.owner.account},
                 {"region", record.owner.region},
                 {"created", base::iso8601(record.created)},
                 {"hasChildren", !children.empty()}};
    if (!children.empty()) line["children"] = children;
    if (!record.parent.empty()) line["parent"] = record.parent;
    add_status(world, kind, record, now, line);
    return line;
}

Json statuses_so_far(const World& world, const Record& record, Instant now) {
    Json list = Json::array();
    if (record.timeline.steps.empty()) return list;
    const Kind& kind = resources::kind_named(record.kind);
    for (const lifecycle::StatusChange& change : lifecycle::history(record.timeline, now)) {
        list.push_back({{"status", shown_status(world, kind, change.status)},
                        {"at", base::iso8601(change.at)},
                        {"cause", change.cause}});
        if (!change.work) continue;
        const storage::Work& work = *change.work;
        list.back()["work"] = {
            {"files", work.files}, {"bytes", work.bytes}, {"lines", work.lines}, {"errors", work.errors}};
        if (!work.detail.empty()) list.back()["work"]["detail"] = work.detail;
    }
    return list;
}

Json statuses_to_come(const World& world, const Record& record, Instant now) {
    Json list = Json::array();
    if (record.timeline.steps.empty()) return list;
    const Kind& kind = resources::kind_named(record.kind);
    const std::size_t current = lifecycle::step_at(record.timeline, now).step;
    std::optional<Instant> at = lifecycle::next_change(record.timeline, now);
    for (std::size_t step = current + 1; step < record.timeline.steps.size(); ++step) {
        list.push_back(next_status(world, kind, record, step, at));
        if (at) at = lifecycle::end_of(record.timeline.steps[step], *at);
    }
    return list;
}

}  // namespace plocal::control
