#include "server/local/snapshot/absent_references.h"

#include <algorithm>
#include <utility>

#include "server/service/lifecycle/timeline_state.h"
#include "server/service/resources/arn.h"
#include "server/service/resources/resource_view.h"

namespace plocal::snapshot {

using base::Json;
using storage::Reference;

bool is_of_aws(std::string_view arn) {
    const auto parsed = resources::parse_arn(arn);
    return parsed && parsed->account.empty();
}

std::string assumption_note(std::string_view arn) {
    return "fixtures name a resource that is not there; it is taken to exist and to fit: " + std::string(arn);
}

std::vector<std::string> named_in_running_update(const resources::Kind& kind, const storage::Record& record,
                                                 base::Instant now) {
    if (record.update.empty()) return {};
    const std::string_view status = lifecycle::state_at(record.timeline, now).status;
    const bool is_running = status == lifecycle::updating.pending || status == lifecycle::updating.in_progress;
    if (!is_running) return {};
    return resources::referenced_arns(kind, base::parse_json(record.update));
}

bool StoredArns::contains(const std::string& arn) {
    const auto [known, is_new] = known_.try_emplace(arn, false);
    if (is_new) known->second = store_.resources().find(arn).has_value();
    return known->second;
}

std::vector<std::string> absent_references(StoredArns& stored, const resources::Kind& kind,
                                           const storage::Record& record, const Json& members, base::Instant now) {
    std::vector<std::string> named = resources::referenced_arns(kind, members);
    for (std::string& arn : named_in_running_update(kind, record, now)) {
        if (std::ranges::find(named, arn) == named.end()) named.push_back(std::move(arn));
    }
    std::erase_if(named, [&](const std::string& arn) { return is_of_aws(arn) || stored.contains(arn); });
    if (named.empty()) return named;
    const std::vector<Reference> references = stored.store().resources().references(record.arn);
    std::erase_if(named, [&](const std::string& arn) {
        const auto reference = std::ranges::find(references, arn, &Reference::arn);
        return reference == references.end() || reference->assumed;
    });
    return named;
}

std::set<std::string> read_absent(const Json& json, const std::vector<Reference>& references,
                                  std::vector<base::Problem>& problems) {
    std::set<std::string> absent;
    if (!json.is_array()) {
        problems.push_back({"", "a list of ARNs", base::excerpt(json)});
        return absent;
    }
    for (std::size_t i = 0; i < json.size(); ++i) {
        const auto* const arn = json[i].get_ptr<const std::string*>();
        if (arn != nullptr && std::ranges::find(references, *arn, &Reference::arn) != references.end()) {
            absent.insert(*arn);
        } else {
            problems.push_back({"/" + std::to_string(i), "an ARN that the resource names", base::excerpt(json[i])});
        }
    }
    return absent;
}

}  // namespace plocal::snapshot
