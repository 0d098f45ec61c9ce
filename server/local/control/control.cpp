#include "server/local/control/control.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "server/base/json.h"
#include "server/base/nearest.h"
#include "server/local/control/call_table.h"
#include "server/local/control/control_call.h"
#include "server/local/control/control_error.h"
#include "server/service/resources/arn.h"
#include "storage/sqlite/error.h"

namespace plocal::control {
namespace {

using base::Json;
using protocol::Response;

constexpr std::string_view prefix = "/_local/";

Response response(int status, std::string_view type, std::string body) {
    return {status, {{"content-type", std::string(type)}, {"cache-control", "no-cache"}}, std::move(body), {}};
}

Response spooled_response(const std::shared_ptr<base::Spool>& spool) {
    if (spool->is_in_memory()) return response(200, json_type, spool->take_text());
    Response spooled = response(200, json_type, "");
    spooled.spooled_body = spool;
    return spooled;
}

Response response_of(TextAnswer answer) {
    Response whole = response(answer.status, answer.type, std::move(answer.text));
    std::ranges::move(answer.headers, std::back_inserter(whole.headers));
    return whole;
}

Response error_response(const ControlError& error) {
    Json body = {{"error", error.message()}};
    if (!error.pointer().empty()) body["pointer"] = error.pointer();
    if (!error.name().empty()) body["name"] = error.name();
    if (error.row() > 0) body["row"] = error.row();
    if (!error.column().empty()) body["column"] = error.column();
    return response(error.status(), json_type, base::json_text(body));
}

/// Returns true where the row has this path. Sets `id` where the path of the row ends in one.
bool has_path(const CallRow& row, const std::string& path, std::string& id) {
    if (!row.path.ends_with("{id}")) return path == row.path;
    const std::string_view stem = row.path.substr(0, row.path.size() - std::string_view("{id}").size());
    if (!path.starts_with(stem) || path.size() == stem.size()) return false;
    id = path.substr(stem.size());
    return true;
}

Response unknown_path(const std::string& path) {
    std::vector<std::string> known;
    for (const CallRow& row : call_table()) known.emplace_back(row.path);
    const std::string suggestion = base::suggestion(path, known);
    return error_response(
        {404, "there is no " + path + ";" + (suggestion.empty() ? " GET /_local/ lists the calls" : suggestion)});
}

Response wrong_method(const ControlCall& call, const std::vector<std::string>& allowed) {
    std::string list;
    for (const std::string& method : allowed) list += (list.empty() ? "" : ", ") + method;
    Response response = error_response({405, call.path + " answers " + list + ", not " + call.method});
    response.headers.push_back({"allow", list});
    return response;
}

void refuse_foreign_pages(const protocol::Request& request, const Access& access) {
    if (const std::string_view host = request.header("host"); !is_own_host(host, access.hosts)) {
        throw ControlError(403,
                           "the Host " + std::string(host) + " is not a name of this server; --allowed-host adds it");
    }
    if (is_from_foreign_page(request, access)) {
        throw ControlError(403, "pages of " + std::string(request.header("origin")) +
                                    " may not use this server; --cors-origin allows them");
    }
}

/// Returns the row of a call, or null. Sets `call.id`.
const CallRow* find_row(ControlCall& call) {
    const auto found = std::ranges::find_if(call_table(), [&call](const CallRow& row) {
        return row.method == call.method && has_path(row, call.path, call.id);
    });
    return found == call_table().end() ? nullptr : &*found;
}

}  // namespace

bool is_control(std::string_view target) {
    return target.starts_with(prefix) || target.substr(0, target.find('?')) == prefix.substr(0, prefix.size() - 1);
}

Bodies bodies_of(const protocol::Request& request) {
    if (!is_control(request.target)) return Bodies::short_ones;
    try {
        ControlCall call = read_call(request);
        const CallRow* const row = find_row(call);
        return row == nullptr ? Bodies::short_ones : row->bodies;
    } catch (const ControlError&) {
        return Bodies::short_ones;  // `answer` refuses it
    }
}

Response failure_response() {
    return error_response({500, "an internal error of personalize-local; the log has the details"});
}

Response stop_response() {
    return error_response({503, "the server stops; the work that is due is not done yet"});
}

Reply Control::answer(const protocol::Request& request) {
    try {
        refuse_foreign_pages(request, access_);
        if (!request.body_error.empty()) throw no_room("the body", request.body_error);
        ControlCall call = read_call(request);
        return dispatch(call);
    } catch (const ControlError& error) {
        return error_response(error);
    } catch (const storage::sqlite::SqlError&) {
        world_.fall_back();
        throw;
    }
}

bool Control::waits_for_due(const protocol::Request& request, std::string& account) {
    try {
        ControlCall call = read_call(request);
        const std::string named = call.parameter("arn").value_or(call.parameter("dataset").value_or(""));
        const auto arn = resources::parse_arn(named);
        account = call.account.empty() && arn ? arn->account : call.account;
        const CallRow* const row = find_row(call);
        return row != nullptr && row->waits_for_due;
    } catch (const ControlError&) {
        return false;  // `answer` refuses it
    }
}

Reply Control::check(const LongCall& call, bool waits_for_due, bool is_stopping) {
    try {
        Checked checked = call.check(std::chrono::steady_clock::now(), is_stopping);
        if (const RealTime* const again = std::get_if<RealTime>(&checked)) {
            auto check_again = [this, call, waits_for_due](bool stops) { return check(call, waits_for_due, stops); };
            return Waiting{.arn = call.arn,
                           .check_again = *again,
                           .check = std::move(check_again),
                           .waits_for_due = waits_for_due};
        }
        if (const auto* const json = std::get_if<JsonSpool>(&checked)) return spooled_response(json->spool);
        if (auto* const text = std::get_if<TextAnswer>(&checked)) return response_of(std::move(*text));
        return response(200, json_type, base::json_text(std::get<Json>(checked)));
    } catch (const ControlError& error) {
        return error_response(error);
    } catch (const storage::sqlite::SqlError&) {
        world_.fall_back();
        throw;
    }
}

Reply Control::dispatch(ControlCall& call) {
    std::vector<std::string> allowed;
    for (const CallRow& row : call_table()) {
        if (!has_path(row, call.path, call.id)) continue;
        if (row.method == call.method) {
            require_known_parameters(call, row.parameters, row.takes_account);
            if (row.begin != nullptr) return check(row.begin(world_, about_, call), row.waits_for_due, false);
            return response(200, row.type, row.answer(world_, about_, call));
        }
        allowed.emplace_back(row.method);
        if (row.method == "GET") allowed.emplace_back("HEAD");
    }
    return allowed.empty() ? unknown_path(call.path) : wrong_method(call, allowed);
}

}  // namespace plocal::control
