// Fixtures documents as texts and as JSON, and the problems that are found in them. Knows no resource. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/base/problem.h"

namespace plocal::snapshot {

/// A place in a document: "jobs.json#/batchInferenceJobs/3/status".
struct Location {
    std::string source;   // the file, or another name for the origin of the document; empty for the body of a call
    std::string pointer;  // a JSON pointer

    std::string text() const { return pointer.empty() ? source : source + "#" + pointer; }
    Location below(std::string_view name) const;
    Location below(std::size_t index) const;
};

struct FixtureProblem {
    Location place;
    std::string expected;
    std::string found;

    /// One line: the place, what was expected and what was found.
    std::string text() const;
};

/// Adds problems whose pointers begin at `place`.
void add_problems(std::vector<FixtureProblem>& problems, const Location& place, std::vector<base::Problem> found);

struct Document {
    std::string source;  // shown in problems
    std::string text;
};

/// Returns the JSON object of the document. Returns nothing, and adds a problem, where the text is not a JSON object.
std::optional<base::Json> parse_document(const Document& document, std::vector<FixtureProblem>& problems);

/// Returns the document with the account of every Personalize ARN replaced by `account`.
base::Json retarget(const base::Json& document, std::string_view account);

}  // namespace plocal::snapshot
