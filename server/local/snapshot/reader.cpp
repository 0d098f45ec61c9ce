#include "server/local/snapshot/reader.h"

#include <algorithm>

#include "server/base/json.h"
#include "server/base/nearest.h"
#include "server/local/snapshot/resource_reader.h"
#include "server/local/snapshot/settings_section.h"
#include "server/service/resources/kinds.h"

namespace plocal::snapshot {
namespace {

using base::Json;

// SDKs put it beside a resource. It has no meaning here.
constexpr std::string_view response_metadata = "ResponseMetadata";

std::vector<std::string> known_members(const ReadContext& context) {
    std::vector<std::string> names;
    for (const resources::Kind& kind : resources::kinds()) {
        names.emplace_back(kind.name);
        names.emplace_back(kind.plural);
    }
    names.insert(names.end(), context.setting_names.begin(), context.setting_names.end());
    names.emplace_back(accounts_member);
    return names;
}

void read_list(Reading& reading, const Location& place, const resources::Kind& kind, const Json& list,
               const ReadContext& context) {
    if (!list.is_array()) {
        reading.problems.push_back({place, "a list of objects", base::excerpt(list)});
        return;
    }
    for (std::size_t i = 0; i < list.size(); ++i) {
        read_resource(reading, place.below(i), kind, list[i], context);
    }
}

void read_member(Reading& reading, const Location& place, const std::string& name, const Json& value,
                 const ReadContext& context) {
    for (const resources::Kind& kind : resources::kinds()) {
        if (name == kind.name) return read_resource(reading, place, kind, value, context);
        if (name == kind.plural || name == kind.list_member) return read_list(reading, place, kind, value, context);
    }
    const auto& settings = context.setting_names;
    if (name == response_metadata || name == accounts_member || std::ranges::find(settings, name) != settings.end()) {
        return;
    }
    const std::vector<std::string> known = known_members(context);
    const std::string nearest = base::nearest(name, known);
    reading.problems.push_back(
        {place, nearest.empty() ? "a kind of resource, such as batchInferenceJob or batchInferenceJobs" : nearest,
         "a member " + Json(name).dump() + ", which no fixture has"});
}

}  // namespace

void read_document(Reading& reading, const std::string& source, const Json& document, const ReadContext& context) {
    for (const auto& [name, value] : document.items()) {
        read_member(reading, Location{source, ""}.below(name), name, value, context);
    }
}

}  // namespace plocal::snapshot
