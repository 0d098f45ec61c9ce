#include "server/service/events/registry.h"

#include <map>
#include <string_view>

#include "server/service/events/put_events.h"
#include "server/service/events/put_rows.h"
#include "server/service/operations/handler.h"

namespace plocal::events {
namespace {

using operations::Entry;

const Entry* find_entry(std::string_view operation) {
    static const std::map<std::string, Entry, std::less<>> entries = {
        {"PutActionInteractions", {true, put_action_interactions}},
        {"PutActions", {true, put_actions}},
        {"PutEvents", {true, put_events}},
        {"PutItems", {true, put_items}},
        {"PutUsers", {true, put_users}},
    };
    const auto found = entries.find(operation);
    return found == entries.end() ? nullptr : &found->second;
}

}  // namespace

std::string run(resources::Context& context, const base::Json& input) {
    const Entry* const entry = find_entry(context.operation.name);
    if (entry == nullptr) operations::refuse_unknown(context.operation);
    return operations::run_entry(context, *entry, input);
}

}  // namespace plocal::events
