#include "server/control/control.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "server/model/json.h"
#include "server/model/nearest.h"
#include "server/operations/kinds.h"

namespace plocal::control {
namespace {

using model::Json;

constexpr std::string_view prefix = "/_local/";

std::string_view path_of(std::string_view target) {
    return target.substr(0, target.find('?'));
}

protocol::Response json_response(int status, std::string body) {
    return {status, {{"content-type", "application/json"}, {"cache-control", "no-cache"}}, std::move(body)};
}

protocol::Response error_response(int status, std::string message) {
    const Json body = {{"error", std::move(message)}};
    return json_response(status,
                         body.dump(-1, ' ', false, Json::error_handler_t::replace));  // a path may hold any bytes
}

}  // namespace

struct Control::Call {
    std::string_view path;
    std::string_view about;
    std::string (Control::*body)();
};

const Control::Call Control::calls[] = {
    {"/_local/", "this list", &Control::index},
    {"/_local/health", "whether the server is ready, and how many resources of each kind it has", &Control::health},
};

bool is_control(std::string_view target) {
    return target.starts_with(prefix) || path_of(target) == prefix.substr(0, prefix.size() - 1);
}

Control::Control(storage::Store& store, std::string version) : store_(store), version_(std::move(version)) {}

protocol::Response Control::answer(const protocol::Request& request) {
    const std::string_view path = path_of(request.target);
    const auto* const call = std::ranges::find(calls, path, &Call::path);
    if (call == std::end(calls)) {
        std::vector<std::string> known;
        for (const Call& each : calls) known.emplace_back(each.path);
        return error_response(404, "there is no " + std::string(path) + ";" +
                                       (model::suggestion(path, known).empty() ? " GET /_local/ lists the calls"
                                                                               : model::suggestion(path, known)));
    }
    if (request.method != "GET" && request.method != "HEAD") {
        protocol::Response response =
            error_response(405, std::string(path) + " is answered to GET, not to " + std::string(request.method));
        response.headers.push_back({"allow", "GET, HEAD"});
        return response;
    }
    return json_response(200, (this->*call->body)());
}

std::string Control::health() {
    Json resources = Json::object();
    const auto counts = store_.resources().counts();
    for (const operations::Kind& kind : operations::kinds()) {
        const auto count = counts.find(std::string(kind.name));
        if (count != counts.end()) resources[std::string(kind.plural)] = count->second;
    }
    return Json{{"status", "ok"}, {"version", version_}, {"ready", true}, {"resources", resources}}.dump();
}

std::string Control::index() {
    Json list = Json::array();
    for (const Call& call : calls) list.push_back({{"method", "GET"}, {"path", call.path}, {"about", call.about}});
    return Json{{"calls", list}}.dump();
}

}  // namespace plocal::control
