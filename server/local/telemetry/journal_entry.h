// One request of the journal, its form as JSON, and whether a filter selects it. Pure. An entry has no headers, so that
// no signature and no token can get into the journal.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "server/base/instant.h"

namespace plocal::telemetry {

/// Empty members are left out of the JSON. The texts that the views show must outlive the entry.
struct JournalEntry {
    std::string_view id;
    base::Instant at{};
    std::string_view operation;  // as the model names it; empty where the request names no known operation
    std::string_view target;     // of such a request: method, path and query, which may hold a signature
    std::string_view account;
    std::string_view region;
    std::string_view input;      // the body of the request
    bool is_input_json = false;  // the whole body is JSON; else it is shown as a text
    std::string_view output;     // the JSON of the answer; empty for an error
    std::string_view error;      // the name of the error
    std::string_view message;    // the message of the error
    std::string_view why;        // the check that refused, or in what a success is less than it seems
    int status = 0;
    std::chrono::microseconds duration{};
    std::string_view rule;        // the id of the rule that applied
    std::string_view connection;  // how the connection was made to fail: reset, close, truncate
};

/// Selects entries: all that is given must match.
struct JournalFilter {
    std::optional<std::string> account;
    std::optional<std::string> operation;  // "unknown" for no known operation
    std::optional<std::string> arn;     // a text of the input, or of the output of a Create, which names the resource
    std::optional<std::string> result;  // "ok", "refused", or the name of an error
    std::optional<std::string> rule;    // the id of the rule that applied
    std::optional<std::string> id;      // of the request
    std::optional<std::string> after;   // only entries older than the one of this id
    std::optional<std::size_t> limit;   // the maximum number of entries
    bool has_bodies = true;             // entries with their input and output
};

/// Returns the operation of an entry, or "unknown". Lives as long as the texts of the entry.
std::string_view operation_of(const JournalEntry& entry);

/// Appends the entry to `text` as a JSON object, with or without its input and output. Input and output that are JSON
/// go in unchanged. The query of the target is left out.
void add_entry(std::string& text, const JournalEntry& entry, bool with_bodies = true);

/// Returns true where the filter selects the entry. Ignores the limit, and where to begin.
bool matches(const JournalEntry& entry, const JournalFilter& filter);

}  // namespace plocal::telemetry
