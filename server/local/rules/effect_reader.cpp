#include "server/local/rules/effect_reader.h"

#include <algorithm>
#include <array>
#include <utility>

#include "server/base/duration.h"

namespace plocal::rules {
namespace {

using base::excerpt;
using base::Json;
using base::Problem;

constexpr int lowest_status = 300;  // a client takes 200 to 299 for a success
constexpr int highest_status = 599;

/// The name of an error goes into a header and a body unchanged.
bool is_error_name(const std::string& text) {
    static constexpr std::string_view good = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._#-";
    constexpr std::size_t longest = 200;
    return !text.empty() && text.size() <= longest && text.find_first_not_of(good) == std::string::npos;
}

/// Reads one known member of an error into its place. Returns what was expected where it cannot.
std::string_view read_error_member(ErrorEffect& error, std::string_view name, const Json& value) {
    const auto* const text = value.get_ptr<const std::string*>();
    if (name == "type") {
        if (text != nullptr) error.type = *text;
        return is_error_name(error.type) ? "" : "an error's name such as ThrottlingException";
    }
    if (name == "message") {
        if (text != nullptr) error.message = *text;
        return text != nullptr ? "" : "a text";
    }
    if (name == "status") {
        if (value.is_number_integer() && value >= lowest_status && value <= highest_status)
            error.status = value.get<int>();
        return error.status ? "" : "an HTTP status from 300 to 599";
    }
    if (value.is_boolean()) error.after_commit = value.get<bool>();
    return value.is_boolean() ? "" : "true or false";
}

ErrorEffect read_error(const Json& json, std::vector<Problem>& problems) {
    static const std::vector<std::string> known = {"type", "message", "status", "afterCommit"};
    ErrorEffect error;
    if (!json.is_object()) {
        problems.push_back({"", R"(an object such as {"type": "ThrottlingException"})", excerpt(json)});
        return error;
    }
    base::read_members(
        json, known, "is none of an error", problems,
        [&error](std::string_view name, const Json& value) { return read_error_member(error, name, value); });
    if (!json.contains("type")) problems.push_back({"", "a member \"type\"", excerpt(json)});
    return error;
}

std::optional<ConnectionFault> fault_of(const Json& value) {
    for (const ConnectionFault fault : {ConnectionFault::reset, ConnectionFault::close, ConnectionFault::truncate}) {
        if (value == text_of(fault)) return fault;
    }
    return std::nullopt;
}

}  // namespace

bool is_effect(std::string_view name) {
    return name == "lifecycle" || name == "error" || name == "delay" || name == "connection";
}

void read_effect(Effects& effects, const std::string& name, const Json& value, std::vector<Problem>& problems) {
    if (name == "delay") {
        const auto* const text = value.get_ptr<const std::string*>();
        if (text != nullptr) effects.delay = base::parse_duration_range(*text);
        if (!effects.delay) problems.push_back({"/delay", std::string(base::duration_range_form), excerpt(value)});
    } else if (name == "connection") {
        effects.connection = fault_of(value);
        if (!effects.connection) problems.push_back({"/connection", "reset, close or truncate", excerpt(value)});
    } else {
        std::vector<Problem> found;
        if (name == "error") {
            effects.error = read_error(value, found);
        } else {
            effects.lifecycle = lifecycle::read_plan_change(value, found);
        }
        add_below("/" + name, std::move(found), problems);
    }
}

void add_below(const std::string& pointer, std::vector<Problem> found, std::vector<Problem>& problems) {
    for (Problem& each : found) {
        each.pointer.insert(0, pointer);
        problems.push_back(std::move(each));
    }
}

}  // namespace plocal::rules
