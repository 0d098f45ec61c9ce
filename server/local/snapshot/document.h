// Fixtures documents before anything is made of them: texts from somewhere, and what is wrong with them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/service/lifecycle/plan.h"

namespace plocal::snapshot {

/// Where something stands: "jobs.json#/batchInferenceJobs/3/status".
struct Location {
    std::string source;   // a file, or what else the document came from
    std::string pointer;  // a JSON pointer

    std::string text() const { return pointer.empty() ? source : source + "#" + pointer; }
    Location below(std::string_view name) const;
    Location below(std::size_t index) const;
};

struct FixtureProblem {
    Location place;
    std::string expected;
    std::string found;

    /// One line: what, where, what was expected, what was found.
    std::string text() const;
};

/// Adds problems whose pointers begin at this place.
void add_problems(std::vector<FixtureProblem>& problems, const Location& place, std::vector<base::Problem> found);

struct Document {
    std::string source;  // to be told in problems
    std::string text;
};

/// The document's JSON object; nothing, and a problem more, where there is none.
std::optional<base::Json> parse_document(const Document& document, std::vector<FixtureProblem>& problems);

/// The same document for another account: its twelve digits in place of those of every Personalize ARN.
base::Json retarget(const base::Json& document, std::string_view account);

}  // namespace plocal::snapshot
