#include "server/local/snapshot/update_reader.h"

#include <cstdint>
#include <optional>
#include <string>
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

Instant moment_in(const Json& update, const char* member, Instant otherwise) {
    const auto found = update.find(member);
    if (found == update.end() || !found->is_number_integer()) return otherwise;
    return Instant(std::chrono::milliseconds(found->get<std::int64_t>()));
}

std::string text_in(const Json& update, const char* member, std::string_view otherwise) {
    const auto found = update.find(member);
    return found == update.end() || !found->is_string() ? std::string(otherwise) : found->get<std::string>();
}

/// An update's own status is told as that of a creation.
std::string stored_update_status(const Json& update) {
    constexpr std::string_view create = "CREATE";
    const std::string told = text_in(update, "status", lifecycle::active);
    return told.starts_with(create) ? "UPDATE" + told.substr(create.size()) : told;
}

Timeline life_of_update(const PartialResource& partial, const Json& update, const lifecycle::Plan& plan,
                        const Timeline& present_life, Instant now) {
    const Instant changed = present_life.changed;
    const Instant began = moment_in(update, "creationDateTime", changed);
    const Instant ended = moment_in(update, "lastUpdatedDateTime", began);
    const std::string_view present = lifecycle::state_at(present_life, now).status;
    // A kind whose status tells of its updates says there how far this one has come.
    const std::string status = present.starts_with("UPDATE") ? std::string(present) : stored_update_status(update);
    Timeline timeline;
    if (resources::transition_of(partial.kind, status) != nullptr) {
        timeline = lifecycle::continuation(status, plan, ended, now, partial.kind.transitions);
        // It goes on from now, and yet began when it did.
        storage::Step& first = timeline.steps.front();
        if (began < now && first.ending == Ending::duration) first.duration += now - began;
        if (began < now) timeline.begins = began;
    } else {
        timeline = {.begins = began, .changed = began};
        timeline.steps = {{.status = std::string(lifecycle::updating.in_progress),
                           .ending = Ending::command,
                           .ended = ended,
                           .cause = std::string(lifecycle::cause_fixture)},
                          {.status = status}};
        timeline.failure_reason = text_in(update, "failureReason", "");
    }
    timeline.origin = lifecycle::cause_fixture;
    return timeline;
}

}  // namespace

void take_update(PartialResource& partial, storage::Record& record, const lifecycle::Plan& plan, Instant now) {
    if (!partial.kind.update) return;
    const std::string_view status = lifecycle::state_at(record.timeline, now).status;
    if (!partial.timeline && status != lifecycle::active && !status.starts_with("UPDATE")) return;
    const std::optional<Json> update = take(partial.members, partial.kind.update->member);
    if (!update || !update->is_object()) return;
    record.update = resources::update_of(partial.kind, *update);
    if (partial.timeline) return;
    record.timeline = life_of_update(partial, *update, plan, record.timeline, now);
}

}  // namespace plocal::snapshot
