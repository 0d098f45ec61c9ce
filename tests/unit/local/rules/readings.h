// Reads rules for tests.
#pragma once

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/local/rules/rule_reader.h"

namespace plocal::rules {

/// The problems as "POINTER: expected EXPECTED, found FOUND".
inline std::vector<std::string> texts_of(const std::vector<base::Problem>& problems) {
    std::vector<std::string> texts;
    texts.reserve(problems.size());
    for (const auto& each : problems) {
        texts.push_back(each.pointer + ": expected " + each.expected + ", found " + each.found);
    }
    return texts;
}

inline std::vector<std::string> problems_of(const std::string& json) {
    std::vector<base::Problem> problems;
    read_rule(base::parse_json(json), problems);
    return texts_of(problems);
}

/// A rule that must be good.
inline Rule rule(const std::string& json) {
    std::vector<base::Problem> problems;
    Rule read = read_rule(base::parse_json(json), problems);
    for (const std::string& text : texts_of(problems)) ADD_FAILURE() << json << "\n" << text;
    return read;
}

}  // namespace plocal::rules
