#include "server/local/snapshot/update_reader.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "server/service/lifecycle/timeline_change.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/resources/resource_view.h"

namespace plocal::snapshot {
namespace {

using base::Instant;
using base::Json;
using storage::Ending;
using storage::Timeline;

constexpr const char* began_member = "creationDateTime";
constexpr const char* changed_member = "lastUpdatedDateTime";

Instant moment_in(const Json& update, const char* member, Instant fallback) {
    const auto found = update.find(member);
    if (found == update.end() || !found->is_number_integer()) return fallback;
    return Instant(std::chrono::milliseconds(found->get<std::int64_t>()));
}

/// Describe shows the status of an update in the words of a creation.
std::string stored_update_status(const Json& update) {
    constexpr std::string_view create = "CREATE";
    const std::string* const given = base::text_member(update, "status");
    if (given == nullptr) return std::string(lifecycle::active);
    return given->starts_with(create) ? "UPDATE" + given->substr(create.size()) : *given;
}

/// Returns the status in progress of the update, empty where it has ended.
std::string status_in_progress(const PartialResource& partial, const Json& update, std::string_view present) {
    // Some kinds show the progress of an update in their own status.
    std::string status = present.starts_with("UPDATE") ? std::string(present) : stored_update_status(update);
    return resources::transition_of(partial.kind, status) != nullptr ? status : std::string();
}

void fill_in_ended(Json& update, Instant changed) {
    if (!update.contains("status")) update["status"] = lifecycle::active;
    const Instant began = moment_in(update, began_member, changed);
    update[began_member] = began.time_since_epoch().count();
    update[changed_member] = moment_in(update, changed_member, began).time_since_epoch().count();
}

Timeline timeline_in_progress(const PartialResource& partial, const Json& update, std::string_view status,
                              const lifecycle::Plan& plan, Instant changed, Instant now) {
    const Instant began = moment_in(update, began_member, changed);
    Timeline timeline =
        lifecycle::continuation(status, plan, moment_in(update, changed_member, began), now, partial.kind.transitions);
    // The step in progress goes on from now, but the update began when it says.
    storage::Step& first = timeline.steps.front();
    if (began < now && first.ending == Ending::duration) first.duration += now - began;
    if (began < now) timeline.begins = began;
    timeline.origin = lifecycle::cause_fixture;
    return timeline;
}

void move_into_record(const resources::Kind& kind, Json& members, storage::Record& record) {
    record.update = resources::update_of(kind, *take(members, kind.update->member));
}

}  // namespace

void take_update(PartialResource& partial, storage::Record& record, const lifecycle::Plan& plan, Instant now) {
    if (!partial.kind.update) return;
    const auto found = partial.members.find(partial.kind.update->member);
    if (found == partial.members.end() || !found->is_object()) return;
    if (partial.timeline) {
        const bool has_run = lifecycle::latest_run(record.timeline, lifecycle::updating, now).has_value();
        if (has_run) move_into_record(partial.kind, partial.members, record);
        return;
    }
    const std::string present(lifecycle::state_at(record.timeline, now).status);
    // A resource that is not ACTIVE, such as a stopped one, has no update in progress.
    const bool may_run = present == lifecycle::active || present.starts_with("UPDATE");
    const std::string status = may_run ? status_in_progress(partial, *found, present) : std::string();
    if (status.empty()) return fill_in_ended(*found, record.timeline.changed);
    record.timeline = timeline_in_progress(partial, *found, status, plan, record.timeline.changed, now);
    move_into_record(partial.kind, partial.members, record);
}

void reopen_update(const resources::Kind& kind, storage::Record& record) {
    if (!kind.update || !record.update.empty()) return;
    Json members = base::parse_json(record.document);
    if (!members.contains(kind.update->member)) return;
    move_into_record(kind, members, record);
    record.document = resources::document_of(kind, std::move(members));
}

}  // namespace plocal::snapshot
