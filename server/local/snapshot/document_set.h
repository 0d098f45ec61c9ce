// Documents that are read together: as they were written, and as copies for single accounts. Pure.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "server/local/snapshot/fixture.h"
#include "server/local/snapshot/settings_section.h"

namespace plocal::snapshot {

/// The accounts that documents are read for.
struct TargetAccounts {
    bool as_written = true;             // the accounts that the documents name
    std::vector<std::string> accounts;  // each gets a copy of its own
};

class DocumentSet {
public:
    /// A document that is not JSON becomes a problem of `resources`.
    DocumentSet(const std::vector<Document>& documents, const TargetAccounts& targets);

    /// Every top-level member of the documents: its place and its name.
    std::vector<std::pair<Location, std::string>> members() const;

    /// The settings of all documents. Adds what is wrong with them to `problems`.
    SettingsSections sections(const KnownSettings& known, std::vector<FixtureProblem>& problems) const;

    /// The resources of all documents, merged and checked against each other.
    Reading resources(const ReadContext& context) const;

private:
    struct Part {
        std::string source;
        std::string account;  // whose copy this is; empty for the document as it was written
        base::Json json;
    };

    std::vector<Part> parts_;  // the documents as written come first
    std::vector<FixtureProblem> problems_;
};

}  // namespace plocal::snapshot
