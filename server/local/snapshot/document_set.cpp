#include "server/local/snapshot/document_set.h"

#include <optional>
#include <utility>

#include "server/local/snapshot/loader.h"
#include "server/local/snapshot/reader.h"

namespace plocal::snapshot {

DocumentSet::DocumentSet(const std::vector<Document>& documents, const TargetAccounts& targets) {
    std::vector<Part> written;
    for (const Document& document : documents) {
        if (auto json = parse_document(document, problems_)) written.push_back({document.source, "", *std::move(json)});
    }
    if (targets.as_written) parts_ = written;
    for (const std::string& account : targets.accounts) {
        for (const Part& part : written) parts_.push_back({part.source, account, retarget(part.json, account)});
    }
}

std::vector<std::pair<Location, std::string>> DocumentSet::members() const {
    std::vector<std::pair<Location, std::string>> members;
    for (const auto& [source, account, json] : parts_) {
        for (const auto& [name, value] : json.items()) members.emplace_back(Location{source, ""}.below(name), name);
    }
    return members;
}

// A copy has the same problems as the document as it was written. They are reported once: reading stops before the next
// account.

SettingsSections DocumentSet::sections(const KnownSettings& known, std::vector<FixtureProblem>& problems) const {
    SettingsSections sections;
    const std::string* present = nullptr;
    for (const auto& [source, account, json] : parts_) {
        if (!problems.empty() && present != nullptr && account != *present) break;
        present = &account;
        if (account.empty()) {
            read_settings_sections(sections, known, source, json, problems);
        } else {
            read_settings_section(account, sections, known, source, json, problems);
        }
    }
    return sections;
}

Reading DocumentSet::resources(const ReadContext& context) const {
    Reading reading;
    reading.problems = problems_;
    const std::string* present = nullptr;
    for (const auto& [source, account, json] : parts_) {
        if (!reading.problems.empty() && present != nullptr && account != *present) break;
        present = &account;
        read_document(reading, source, json, context);
    }
    merge_documents(reading);
    return reading;
}

}  // namespace plocal::snapshot
