#include "server/service/events/put_events.h"

#include <string>
#include <utility>
#include <vector>

#include "server/service/data/refusals.h"
#include "server/service/events/event_reader.h"
#include "server/service/events/repeats.h"
#include "server/service/events/targets.h"

namespace plocal::events {
namespace {

using base::Json;
using model::Evidence;
using resources::Context;
using resources::Output;
using resources::RecordOutcome;

constexpr const char* why_null_session = "the service drops events whose sessionId is the word null";

/// Takes an event into the list of those to store, unless it is one to ignore.
RecordOutcome take(ReadEvent read, const std::string& session_id, Repeats& repeats, std::vector<data::Event>& taken) {
    if (session_id == "null") return {false, why_null_session, Evidence::seen};
    if (std::string why = repeats.find(read.event, taken); !why.empty()) {
        return {false, std::move(why), Evidence::documented};
    }
    taken.push_back(std::move(read.event));
    return {true, std::move(read.ignored), Evidence::inferred};
}

Output put_records(Context& context, const Json& input, const EventForm& form, const Target& target) {
    const Json& records = input.at(form.list);
    std::optional<Repeats> repeats;
    if (target.dataset) repeats.emplace(context.store, *target.dataset);
    std::vector<data::Event> taken;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const std::string place = data::record_place(form.list, i);
        const Json properties = check_event(form, records[i], place);
        if (!target.dataset) {
            context.outcomes.push_back({false, target.why, Evidence::inferred});
            continue;
        }
        const Json& session = form.names_session ? records[i] : input;
        ReadEvent read = read_event(form, target.dataset->columns, session, records[i], properties, place);
        const std::string& session_id = *base::text_member(session, "sessionId");
        context.outcomes.push_back(take(std::move(read), session_id, *repeats, taken));
    }
    if (taken.empty()) return {};
    data::put_events(context.store, *target.dataset, taken, context.readings.now_of(target.dataset->owner.account));
    return {};
}

}  // namespace

Output put_events(Context& context, KnownTargets& targets, const Json& input) {
    const auto target = targets.find(context, *base::text_member(input, "trackingId"), target_of_events);
    return put_records(context, input, form_of_events, *target);
}

Output put_action_interactions(Context& context, KnownTargets& targets, const Json& input) {
    const std::string& id = *base::text_member(input, "trackingId");
    const auto target = targets.find(context, id, target_of_action_interactions);
    return put_records(context, input, form_of_action_interactions, *target);
}

}  // namespace plocal::events
