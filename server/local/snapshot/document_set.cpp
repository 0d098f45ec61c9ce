#include "server/local/snapshot/document_set.h"

#include <optional>
#include <utility>

#include "server/local/snapshot/loader.h"

namespace plocal::snapshot {

Bundle::Bundle(const std::vector<Document>& documents, const Cast& cast) {
    std::vector<Part> written;
    for (const Document& document : documents) {
        if (auto json = parse_document(document, problems_)) written.push_back({document.source, "", *std::move(json)});
    }
    if (cast.as_written) parts_ = written;
    for (const std::string& account : cast.accounts) {
        for (const Part& part : written) parts_.push_back({part.source, account, recast(part.json, account)});
    }
}

std::vector<std::pair<Place, std::string>> Bundle::members() const {
    std::vector<std::pair<Place, std::string>> members;
    for (const auto& [source, account, json] : parts_) {
        for (const auto& [name, value] : json.items()) members.emplace_back(Place{source, ""}.below(name), name);
    }
    return members;
}

// A copy has the problems of what was written: they are told once.

Arrangements Bundle::arrangements(std::vector<FixtureProblem>& problems) const {
    Arrangements arrangements;
    const std::string* present = nullptr;
    for (const auto& [source, account, json] : parts_) {
        if (!problems.empty() && present != nullptr && account != *present) break;
        present = &account;
        if (account.empty()) {
            read_arrangements(arrangements, source, json, problems);
        } else {
            read_arrangement_of(account, arrangements, source, json, problems);
        }
    }
    return arrangements;
}

Reading Bundle::resources(const Outlook& outlook) const {
    Reading reading;
    reading.problems = problems_;
    const std::string* present = nullptr;
    for (const auto& [source, account, json] : parts_) {
        if (!reading.problems.empty() && present != nullptr && account != *present) break;
        present = &account;
        read_document(reading, source, json, outlook);
    }
    settle(reading);
    return reading;
}

}  // namespace plocal::snapshot
