#include "server/local/control/control_call.h"

#include <algorithm>

#include "server/base/account_id.h"
#include "server/base/nearest.h"
#include "server/base/text.h"
#include "server/local/control/control_error.h"

namespace plocal::control {
namespace {

/// Decodes percent escapes, and a plus as a blank. Throws ControlError.
std::string decoded(std::string_view text) {
    constexpr int hexadecimal = 16;
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            plain += text[i] == '+' ? ' ' : text[i];
            continue;
        }
        const std::string_view digits = text.substr(i + 1, 2);
        const auto byte = base::parse_number<unsigned char>(digits, hexadecimal);
        if (digits.size() != 2 || !byte) {
            throw ControlError(400, "two hexadecimal digits must follow each % of the query");
        }
        plain += static_cast<char>(*byte);
        i += 2;
    }
    return plain;
}

void read_query(ControlCall& call, std::string_view query) {
    while (!query.empty()) {
        const std::string_view one = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), one.size() + 1));
        if (one.empty()) continue;
        const std::size_t equals = one.find('=');
        const std::string value = equals == std::string_view::npos ? "" : decoded(one.substr(equals + 1));
        const std::string name = decoded(one.substr(0, equals));
        if (!call.query.emplace(name, value).second) throw ControlError(400, "the query has '" + name + "' twice");
    }
}

}  // namespace

std::optional<std::string> ControlCall::parameter(std::string_view name) const {
    const auto found = query.find(name);
    return found == query.end() ? std::nullopt : std::optional(found->second);
}

base::Json ControlCall::json() const {
    if (body.empty()) refuse_problem({"", "a JSON body", "none"});
    try {
        return base::parse_json(body);
    } catch (const base::JsonError& error) {
        throw ControlError(400, std::string("the body is not JSON: ") + error.what());
    }
}

ControlCall read_call(const protocol::Request& request) {
    ControlCall call;
    const std::size_t question = request.target.find('?');
    call.method = request.method == "HEAD" ? "GET" : std::string(request.method);
    call.path = decoded(request.target.substr(0, question));
    call.body = request.body;
    call.spooled_body = request.spooled_body;
    call.content_type = request.header("content-type");
    call.accept = request.header("accept");
    call.if_none_match = request.header("if-none-match");
    if (question != std::string_view::npos) read_query(call, request.target.substr(question + 1));
    if (const auto account = call.parameter("account")) {
        if (!base::is_account_id(*account)) refuse_value("account", "twelve digits", *account);
        call.account = *account;
    }
    return call;
}

void require_known_parameters(const ControlCall& call, std::vector<std::string> known, bool takes_account) {
    if (takes_account) known.emplace_back("account");
    for (const auto& [name, value] : call.query) {
        if (std::ranges::find(known, name) != known.end()) continue;
        const std::string suggestion = base::suggestion(name, known);
        throw ControlError(
            400, "this call has no parameter '" + name + "'" + (suggestion.empty() ? std::string() : ";" + suggestion));
    }
}

}  // namespace plocal::control
