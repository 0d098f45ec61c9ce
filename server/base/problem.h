// What is wrong with a JSON text, and reading objects member by member so that all of it is told. Pure.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"

namespace plocal::base {

/// Something in a JSON text that is not as it must be.
struct Problem {
    std::string pointer;   // JSON pointer to the place, from where the reading began
    std::string expected;  // "a duration such as ..."
    std::string found;     // the JSON text there, cut to a readable length
};

/// The beginning of a JSON value's text, fit to be shown in one line.
std::string excerpt(const base::Json& json);

/// "a, b or c"
std::string alternatives(const std::vector<std::string>& names);

/// "expected NEAREST, found a member NAME, which WHY", at that member; where nothing is near, `otherwise` is expected,
/// and without it any of the known names.
Problem unknown_name(const std::string& name, const std::vector<std::string>& known, const std::string& why,
                     std::string otherwise = {});

/// Hands each member of an object to `read(name, value)`, which answers what it expected in the value's place, "" where
/// it has read it. Adds that, and names that are none of the known ones, which WHY; or that it is no object.
template <typename Read>
void read_members(const base::Json& json, const std::vector<std::string>& known, const std::string& why,
                  std::vector<Problem>& problems, Read read) {
    if (!json.is_object()) {
        problems.push_back({"", "an object", excerpt(json)});
        return;
    }
    for (const auto& [name, value] : json.items()) {
        if (std::ranges::find(known, name) == known.end()) {
            problems.push_back(unknown_name(name, known, why));
        } else if (const std::string_view expected = read(name, value); !expected.empty()) {
            problems.push_back(
                {(base::Json::json_pointer() / name).to_string(), std::string(expected), excerpt(value)});
        }
    }
}

}  // namespace plocal::base
