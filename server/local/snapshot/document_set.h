// Documents that are read together, as they were written and recast for single accounts. Pure.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "server/local/snapshot/reader.h"
#include "server/local/snapshot/settings_section.h"

namespace plocal::snapshot {

/// Whom documents are read for.
struct Cast {
    bool as_written = true;
    std::vector<std::string> accounts;  // that each get a copy of their own
};

class Bundle {
public:
    /// Documents that are no JSON become problems of the resources' reading.
    Bundle(const std::vector<Document>& documents, const Cast& cast);

    /// Every member at the top of a document, and where it is.
    std::vector<std::pair<Place, std::string>> members() const;

    Arrangements arrangements(std::vector<FixtureProblem>& problems) const;

    /// The resources of all documents, settled.
    Reading resources(const Outlook& outlook) const;

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
