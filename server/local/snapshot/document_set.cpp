#include "server/local/snapshot/document_set.h"

#include <memory>
#include <optional>
#include <utility>

namespace plocal::snapshot {
namespace {

using base::Json;

/// Returns the settings of a part, and all else that is not of a kind.
Json settings_of(const DocumentPart& part) {
    Json settings = Json::object();
    for (const OutlineMember& member : part.outline->members) {
        if (member.kind != nullptr) continue;
        Json& value = settings[member.name] = member.value;
        if (!part.account.empty()) retarget(value, part.account);
    }
    return settings;
}

}  // namespace

DocumentSet::DocumentSet(const std::vector<Document>& documents, const TargetAccounts& targets) {
    std::vector<DocumentPart> written;
    for (const Document& document : documents) {
        auto outline = read_outline(document, problems_);
        if (outline) written.push_back({document, std::make_shared<const Outline>(*std::move(outline)), ""});
    }
    if (targets.as_written) parts_ = written;
    for (const std::string& account : targets.accounts) {
        for (const DocumentPart& part : written) parts_.push_back({part.document, part.outline, account});
    }
}

std::vector<std::pair<Location, std::string>> DocumentSet::members() const {
    std::vector<std::pair<Location, std::string>> members;
    for (const DocumentPart& part : parts_) {
        for (const auto& member : part.outline->members) {
            members.emplace_back(Location{part.document.source(), ""}.below(member.name), member.name);
        }
    }
    return members;
}

// A copy has the same problems as the document as it was written. They are reported once: reading stops before the next
// account.
SettingsSections DocumentSet::sections(const KnownSettings& known, std::vector<FixtureProblem>& problems) const {
    SettingsSections sections;
    const std::string* present = nullptr;
    for (const DocumentPart& part : parts_) {
        if (!problems.empty() && present != nullptr && part.account != *present) break;
        present = &part.account;
        const Json settings = settings_of(part);
        if (part.account.empty()) {
            read_settings_sections(sections, known, part.document.source(), settings, problems);
        } else {
            read_settings_section(part.account, sections, known, part.document.source(), settings, problems);
        }
    }
    return sections;
}

}  // namespace plocal::snapshot
