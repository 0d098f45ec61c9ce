// Documents that are read together, as they were written and recast for single accounts. Pure.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "server/local/snapshot/reader.h"
#include "server/local/snapshot/settings_section.h"

namespace plocal::snapshot {

/// Whom documents are read for.
struct TargetAccounts {
    bool as_written = true;
    std::vector<std::string> accounts;  // that each get a copy of their own
};

class DocumentSet {
public:
    /// Documents that are no JSON become problems of the resources' reading.
    DocumentSet(const std::vector<Document>& documents, const TargetAccounts& targets);

    /// Every member at the top of a document, and where it is.
    std::vector<std::pair<Location, std::string>> members() const;

    SettingsSections sections(std::vector<FixtureProblem>& problems) const;

    /// The resources of all documents, settled.
    Reading resources(const ReadContext& context) const;

private:
    struct Part {
        std::string source;
        std::string account;  // that it was recast for; empty for none
        base::Json json;
    };

    std::vector<Part> parts_;  // those as written first
    std::vector<FixtureProblem> problems_;
};

}  // namespace plocal::snapshot
