#include "server/local/control/parameters.h"

#include <utility>

#include "server/base/text.h"
#include "server/local/control/control_error.h"

namespace plocal::control {

std::string required_arn(const ControlCall& call) {
    std::optional<std::string> arn = call.parameter("arn");
    if (!arn) refuse_problem({"", "?arn=", "none"});
    return *std::move(arn);
}

bool flag(const ControlCall& call, const std::string& name) {
    const std::string value = call.parameter(name).value_or("true");
    if (value != "true" && value != "false") refuse_value(name, "true or false", value);
    return value == "true";
}

std::optional<std::uint64_t> number(const ControlCall& call, const std::string& name, std::string_view expected) {
    const std::optional<std::string> text = call.parameter(name);
    if (!text) return std::nullopt;
    const auto value = base::parse_number<std::uint64_t>(*text);
    if (!value) refuse_value(name, expected, *text);
    return value;
}

std::size_t page_limit(const ControlCall& call, std::size_t usual, std::size_t most) {
    const std::optional<std::string> text = call.parameter("limit");
    if (!text) return usual;
    const std::size_t limit = base::parse_number<std::size_t>(*text).value_or(0);
    if (limit < 1 || limit > most) refuse_value("limit", "a whole number from 1 to " + std::to_string(most), *text);
    return limit;
}

}  // namespace plocal::control
