// Reads JSON objects member by member, and lists every problem of a document instead of the first alone. Pure.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"

namespace plocal::base {

/// One invalid value in a JSON document.
struct Problem {
    std::string pointer;   // JSON pointer, from the value that was read
    std::string expected;  // "a duration such as ..."
    std::string found;     // the value's JSON text, cut to a readable length
};

/// What has so many problems is not read any further: finding the next one may take much longer than reading a value.
inline constexpr std::size_t most_problems = 100;

/// Returns "expected EXPECTED, found FOUND", as every refusal of a wrong value says it.
std::string mismatch(std::string_view expected, std::string_view found);
std::string mismatch(const Problem& problem);

/// Returns a JSON value's text in one line of ASCII, cut to 80 bytes.
std::string excerpt(const Json& json);

/// Returns "a, b or c".
std::string alternatives(const std::vector<std::string>& names);

/// Returns "expected NEAREST, found a member NAME, which WHY" at that member. If no known name is near, `otherwise` is
/// expected. If `otherwise` is empty, any of the known names is expected.
Problem unknown_name(const std::string& name, const std::vector<std::string>& known, const std::string& why,
                     std::string otherwise = {});

/// Calls `read(name, value)` for each member of an object. `read` returns "" for a valid value, else what it expected
/// in its place. Adds a problem for each invalid value, for each unknown name (which WHY), and for `json` itself if it
/// is not an object; `most_problems` at most.
template <typename Read>
void read_members(const Json& json, const std::vector<std::string>& known, const std::string& why,
                  std::vector<Problem>& problems, Read read) {
    if (!json.is_object()) {
        problems.push_back({"", "an object", excerpt(json)});
        return;
    }
    for (const auto& [name, value] : json.items()) {
        if (problems.size() >= most_problems) return;
        if (std::ranges::find(known, name) == known.end()) {
            problems.push_back(unknown_name(name, known, why));
        } else if (const std::string_view expected = read(name, value); !expected.empty()) {
            problems.push_back({(Json::json_pointer() / name).to_string(), std::string(expected), excerpt(value)});
        }
    }
}

}  // namespace plocal::base
