#include "server/control/control.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "server/control/call_table.h"
#include "server/control/control_call.h"
#include "server/control/control_error.h"
#include "server/control/guard.h"
#include "server/model/json.h"
#include "server/model/nearest.h"
#include "server/protocol/cors.h"

namespace plocal::control {
namespace {

using model::Json;
using protocol::Response;

constexpr std::string_view prefix = "/_local/";

Response json_response(int status, std::string body) {
    return {status, {{"content-type", "application/json"}, {"cache-control", "no-cache"}}, std::move(body), {}};
}

Response error_response(const ControlError& error) {
    Json body = {{"error", error.message()}};
    if (!error.pointer().empty()) body["pointer"] = error.pointer();
    return json_response(error.status(), body.dump(-1, ' ', false, Json::error_handler_t::replace));
}

/// Whether a call's path is this row's; what stands behind the path of one that ends in an id goes to `rest`.
bool is_at(const CallRow& row, const std::string& path, std::string& rest) {
    if (!row.path.ends_with("{id}")) return path == row.path;
    const std::string_view stem = row.path.substr(0, row.path.size() - std::string_view("{id}").size());
    if (!path.starts_with(stem) || path.size() == stem.size()) return false;
    rest = path.substr(stem.size());
    return true;
}

Response unknown_path(const std::string& path) {
    std::vector<std::string> known;
    for (const CallRow& row : call_table()) known.emplace_back(row.path);
    const std::string suggestion = model::suggestion(path, known);
    return error_response(
        {404, "there is no " + path + ";" + (suggestion.empty() ? " GET /_local/ lists the calls" : suggestion)});
}

Response wrong_method(const ControlCall& call, const std::vector<std::string>& allowed) {
    std::string list;
    for (const std::string& method : allowed) list += (list.empty() ? "" : ", ") + method;
    Response response = error_response({405, call.path + " is answered to " + list + ", not to " + call.method});
    response.headers.push_back({"allow", list});
    return response;
}

void refuse_strangers(const protocol::Request& request) {
    if (const std::string_view host = request.header("host"); !is_own_host(host)) {
        throw ControlError(403, "the Host " + std::string(host) + " is none of this server's names");
    }
    if (const std::string_view origin = request.header("origin");
        !origin.empty() && !protocol::is_local_origin(origin)) {
        throw ControlError(403, "pages of " + std::string(origin) + " may not use this server");
    }
}

Response dispatch(World& world, const std::string& version, ControlCall& call) {
    std::vector<std::string> allowed;
    for (const CallRow& row : call_table()) {
        if (!is_at(row, call.path, call.rest)) continue;
        if (row.method == call.method) {
            require_known_parameters(call, row.parameters);
            return json_response(200, row.answer(world, version, call));
        }
        allowed.emplace_back(row.method);
        if (row.method == "GET") allowed.emplace_back("HEAD");
    }
    return allowed.empty() ? unknown_path(call.path) : wrong_method(call, allowed);
}

}  // namespace

bool is_control(std::string_view target) {
    return target.starts_with(prefix) || target.substr(0, target.find('?')) == prefix.substr(0, prefix.size() - 1);
}

Response Control::answer(const protocol::Request& request) {
    try {
        refuse_strangers(request);
        ControlCall call = read_call(request);
        return dispatch(world_, version_, call);
    } catch (const ControlError& error) {
        return error_response(error);
    }
}

}  // namespace plocal::control
