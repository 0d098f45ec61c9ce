#include "server/service/resources/catalogue.h"

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "server/base/iso8601.h"
#include "server/base/json.h"
#include "server/service/resources/resource_view.h"

namespace plocal::resources {

std::string_view embedded(std::string_view name);  // made by the build

namespace {

using base::Json;
using storage::Record;

using Catalogue = std::map<std::string, Record, std::less<>>;

base::Instant moment_of(const Json& members, const char* name) {
    const auto moment = base::parse_iso8601(members.at(name).get<std::string>());
    if (!moment) throw std::runtime_error("the catalogue has a broken date: " + members.dump());
    return *moment;
}

Record record_of(const Kind& kind, const Json& members) {
    Record record{.owner = {}, .kind = std::string(kind.name), .name = members.at("name").get<std::string>()};
    record.arn = members.at(std::string(kind.arn_member)).get<std::string>();
    record.created = moment_of(members, "creationDateTime");
    record.timeline = {.begins = record.created, .changed = moment_of(members, "lastUpdatedDateTime")};
    if (kind.has_status()) record.timeline.steps.push_back({.status = std::string(lifecycle::active)});
    record.document = document_of(kind, members);
    return record;
}

const Catalogue& catalogue() {
    static const Catalogue loaded = [] {
        Catalogue all;
        const Json document = Json::parse(embedded("recipes.json"));
        for (const Kind& kind : kinds()) {
            if (!kind.is_of_aws) continue;
            for (const Json& members : document.at(std::string(kind.plural))) {
                Record record = record_of(kind, members);
                all.emplace(record.arn, std::move(record));
            }
        }
        return all;
    }();
    return loaded;
}

}  // namespace

std::optional<Record> find_in_catalogue(const Kind& kind, std::string_view arn) {
    const auto found = catalogue().find(arn);
    if (found == catalogue().end() || found->second.kind != kind.name) return std::nullopt;
    return found->second;
}

bool is_in_catalogue(std::string_view arn) {
    return catalogue().find(arn) != catalogue().end();
}

std::vector<Record> catalogue_of(const Kind& kind) {
    std::vector<Record> records;
    for (const auto& [arn, record] : catalogue()) {
        if (record.kind == kind.name) records.push_back(record);
    }
    return records;
}

}  // namespace plocal::resources
