#include "server/base/problem.h"

#include <utility>

#include "server/base/nearest.h"

namespace plocal::base {

std::string mismatch(std::string_view expected, std::string_view found) {
    std::string text("expected ");
    text.append(expected).append(", found ").append(found);
    return text;
}

std::string mismatch(const Problem& problem) {
    return mismatch(problem.expected, problem.found);
}

std::string alternatives(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
        text += names[i];
    }
    return text;
}

std::string excerpt(const Json& json) {
    constexpr std::size_t longest = 80;
    std::string text = json.dump(-1, ' ', true, Json::error_handler_t::replace);
    if (text.size() > longest) text.replace(longest - 3, std::string::npos, "...");
    return text;
}

Problem unknown_name(const std::string& name, const std::vector<std::string>& known, const std::string& why,
                     std::string otherwise) {
    std::string expected = nearest(name, known);
    if (expected.empty()) expected = otherwise.empty() ? alternatives(known) : std::move(otherwise);
    return {(Json::json_pointer() / name).to_string(), std::move(expected),
            "a member " + excerpt(name) + ", which " + why};
}

}  // namespace plocal::base
