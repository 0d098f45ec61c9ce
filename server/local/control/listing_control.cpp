#include "server/local/control/listing_control.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/base/iso8601.h"
#include "server/base/nearest.h"
#include "server/base/text.h"
#include "server/local/control/accept.h"
#include "server/local/control/control_error.h"
#include "server/local/control/parameters.h"
#include "server/local/control/resource_control.h"
#include "server/local/control/resource_lines.h"
#include "server/local/control/service_context.h"
#include "server/local/control/steps.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/resources/describe.h"
#include "server/service/resources/kinds.h"

namespace plocal::control {
namespace {

using base::Json;
using resources::Kind;
using storage::Record;
using world::World;

constexpr std::size_t most_resources = 1000;
constexpr std::size_t usual_limit = 100;
constexpr std::size_t most_read = 20'000;
constexpr std::size_t read_at_once = 100;

// The sorts of statuses, and what `parent` says of resources whose parent is not there.
constexpr std::string_view in_progress = "inProgress";
constexpr std::string_view failed = "failed";
constexpr std::string_view no_parent = "none";

/// What a page has, and where it begins.
struct Selection {
    std::vector<const Kind*> kinds;
    storage::Scope scope;
    std::optional<std::string> parent;
    bool is_root = false;               // no parent of them is there
    std::optional<std::string> status;  // in either spelling, or a sort of statuses
    std::string search;                 // in lower case
    std::size_t limit = 0;
    std::size_t kind = 0;                    // the index of the first one
    std::optional<storage::Position> after;  // in that kind
};

const Kind& find_kind(const std::string& name) {
    std::vector<std::string> names;
    for (const Kind& kind : resources::kinds()) {
        if (kind.name == name) return kind;
        names.emplace_back(kind.name);
    }
    throw ControlError(400, "kind: there is no kind '" + name + "';" + base::suggestion(name, names));
}

std::vector<const Kind*> read_kinds(const std::optional<std::string>& list) {
    std::vector<const Kind*> kinds;
    if (!list) {
        for (const Kind& kind : resources::kinds()) {
            if (!kind.owned_by_aws) kinds.push_back(&kind);
        }
        return kinds;
    }
    std::string_view left = *list;
    do kinds.push_back(&find_kind(std::string(take_item(left, ','))));
    while (!left.empty());
    return kinds;
}

/// The form of `next`: KIND:MILLISECONDS:PLACE of the last resource that was read, or KIND where the page ended before
/// the first of its kind.
std::string position_text(const Kind& kind, const std::optional<storage::Position>& position) {
    std::string text(kind.name);
    if (!position) return text;
    text.append(":").append(std::to_string(position->created.time_since_epoch().count()));
    return text.append(":").append(std::to_string(position->place));
}

void read_position(const std::string& text, Selection& selection) {
    std::string_view left = text;
    const std::string_view name = base::take_part(left, ':');
    const bool is_first = left.empty();
    const auto created = base::parse_number<std::int64_t>(base::take_part(left, ':'));
    const auto place = base::parse_number<std::int64_t>(left);
    const auto kind = std::ranges::find(selection.kinds, name, &Kind::name);
    const bool is_position = is_first || (created && place);
    if (!is_position || kind == selection.kinds.end()) refuse_value("after", "the `next` of a page", text);
    selection.kind = static_cast<std::size_t>(kind - selection.kinds.begin());
    if (!is_first) selection.after = storage::Position{base::Instant(std::chrono::milliseconds(*created)), *place};
}

void refuse_unknown_status(const Selection& selection) {
    if (!selection.status || selection.status == in_progress || selection.status == failed) return;
    const bool is_known = std::ranges::any_of(selection.kinds, [&selection](const Kind* kind) {
        const std::vector<std::string_view> known = resources::statuses_of(*kind);
        return std::ranges::find(known, resources::stored_status(*kind, *selection.status)) != known.end();
    });
    if (!is_known) refuse_value("status", "a status that these kinds have", *selection.status);
}

Selection read_selection(const ControlCall& call) {
    Selection selection{.kinds = read_kinds(call.parameter("kind"))};
    if (!call.account.empty()) selection.scope.account = call.account;
    selection.scope.region = call.parameter("region");
    selection.parent = call.parameter("parent");
    selection.is_root = selection.parent == no_parent;
    if (selection.is_root) selection.parent.reset();
    selection.status = call.parameter("status");
    refuse_unknown_status(selection);
    selection.search = base::lower(call.parameter("search").value_or(""));
    selection.limit = page_limit(call, usual_limit, most_resources);
    if (const auto after = call.parameter("after")) read_position(*after, selection);
    return selection;
}

/// One page, read in steps.
class PageReading {
public:
    PageReading(World& world, Selection selection)
        : world_(world), readings_(world.tenants().clocks), selection_(std::move(selection)) {}

    /// Reads some resources. Returns false once the page is whole.
    bool step();

    Json take() {
        Json answer = {{"resources", std::move(list_)}};
        if (!next_.empty()) answer["next"] = std::move(next_);
        return answer;
    }

private:
    bool is_wanted(const Kind& kind, const Record& record, base::Instant now) const;
    bool has_wanted_status(const Kind& kind, const Record& record, base::Instant now) const;

    World& world_;
    lifecycle::ClockReadings readings_;
    Selection selection_;
    std::size_t read_ = 0;
    Json list_ = Json::array();
    std::string next_;
};

bool PageReading::step() {
    if (selection_.kind == selection_.kinds.size()) return false;
    const Kind& kind = *selection_.kinds[selection_.kind];
    const std::vector<Record> records = world_.store().resources().list({.scope = selection_.scope,
                                                                         .kind = std::string(kind.name),
                                                                         .parent = selection_.parent,
                                                                         .after = selection_.after,
                                                                         .limit = read_at_once});
    for (const Record& record : records) {
        // Only a resource that is there makes another page.
        if (list_.size() == selection_.limit || read_ == most_read) {
            next_ = position_text(kind, selection_.after);
            return false;
        }
        ++read_;
        selection_.after = storage::Position{record.created, record.place};
        const base::Instant now = readings_.now_of(record.owner.account);
        if (is_wanted(kind, record, now)) list_.push_back(resource_line(world_, record, now));
    }
    if (records.size() < read_at_once) {
        ++selection_.kind;
        selection_.after.reset();
    }
    return true;
}

bool PageReading::is_wanted(const Kind& kind, const Record& record, base::Instant now) const {
    const std::string& search = selection_.search;
    if (!search.empty() && base::lower(record.arn).find(search) == std::string::npos &&
        base::lower(record.name).find(search) == std::string::npos) {
        return false;
    }
    if (selection_.is_root && !record.parent.empty() && world_.store().walk().exists(record.parent)) return false;
    return !selection_.status || has_wanted_status(kind, record, now);
}

bool PageReading::has_wanted_status(const Kind& kind, const Record& record, base::Instant now) const {
    if (record.timeline.steps.empty()) return false;
    const std::string_view status = lifecycle::state_at(record.timeline, now).status;
    if (selection_.status == in_progress) return !lifecycle::is_terminal(status);
    if (selection_.status == failed) return lifecycle::is_failed(status);
    return status == resources::stored_status(kind, *selection_.status);
}

}  // namespace

LongCall list_resources(World& world, const ControlCall& call) {
    return in_steps(std::make_shared<PageReading>(world, read_selection(call)), world.settings().due.slice_time,
                    "the server stops; the list has not been read to its end");
}

Json get_resource(World& world, const ControlCall& call) {
    const Record record = find_resource(world, call.account, required_arn(call));
    const Kind& kind = resources::kind_named(record.kind);
    ServiceContext service(world, model::personalize().operations().front());
    const base::Instant now = service.context().readings.now_of(record.owner.account);
    Json answer = resource_line(world, record, now);
    answer["now"] = base::iso8601(now);
    answer["timeline"] = statuses_so_far(world, record, now);
    answer["upcoming"] = statuses_to_come(world, record, now);
    answer["describe"][record.kind] = base::parse_json(resources::description(service.context(), kind, record));
    return answer;
}

}  // namespace plocal::control
