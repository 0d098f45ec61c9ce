// Documents that are read together: as they were written, and as copies for single accounts. Pure but for the reading
// of files.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "server/local/snapshot/fixture.h"
#include "server/local/snapshot/reader.h"
#include "server/local/snapshot/settings_section.h"

namespace plocal::snapshot {

/// The accounts that documents are read for.
struct TargetAccounts {
    bool as_written = true;             // the accounts that the documents name
    std::vector<std::string> accounts;  // each gets a copy of its own
};

class DocumentSet {
public:
    /// Reads the top level of each document, and its settings. A document that is not JSON becomes a problem of its
    /// resources.
    DocumentSet(const std::vector<Document>& documents, const TargetAccounts& targets);

    /// Every top-level member of the documents: its place and its name.
    std::vector<std::pair<Location, std::string>> members() const;

    /// The settings of all documents. Adds what is wrong with them to `problems`.
    SettingsSections sections(const KnownSettings& known, std::vector<FixtureProblem>& problems) const;

    /// Reads the resources of all documents in batches, in order and checked against each other. What `context` refers
    /// to must outlive the reader, which may outlive this set.
    FixtureReader reader(const ReadContext& context) const { return {parts_, problems_, context}; }

private:
    std::vector<DocumentPart> parts_;  // the documents as written come first
    std::vector<FixtureProblem> problems_;
};

}  // namespace plocal::snapshot
