#include "server/app/engine.h"

#include <chrono>
#include <exception>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "server/app/ruling.h"
#include "server/lifecycle/iso8601.h"
#include "server/model/api_error.h"
#include "server/model/validate.h"
#include "server/operations/registry.h"
#include "server/protocol/aws_json.h"
#include "server/protocol/call.h"
#include "server/protocol/cors.h"
#include "server/protocol/recognise.h"
#include "server/protocol/rest_json.h"

namespace plocal::app {
namespace {

using model::ApiError;
using model::Evidence;
using protocol::Response;
using telemetry::Level;

void check_input(const model::Operation& operation, const model::Json& input) {
    if (const auto clash = model::find_type_clash(*operation.input, input)) {
        throw ApiError("SerializationException", clash->text, "the JSON type of " + clash->path + " is a wrong one",
                       Evidence::seen);
    }
    const std::vector<model::Violation> violations = model::find_violations(*operation.input, input);
    if (violations.empty()) return;
    throw ApiError("ValidationException", model::validation_message(violations),
                   "constraints of the model, first at " + violations.front().path, Evidence::seen);
}

std::string asked_for(const protocol::Request& request) {
    return std::string(request.method) + " " + std::string(request.target);
}

std::string header_value(const Response& response, std::string_view name) {
    for (const protocol::ResponseHeader& header : response.headers) {
        if (header.name == name) return header.value;
    }
    return {};
}

}  // namespace

/// What is known of one request on its way.
struct Engine::Exchange {
    const protocol::Request& request;
    lifecycle::Moments moments;
    std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
    storage::Instant now{};
    protocol::Identity identity;
    protocol::Stamp stamp;
    std::string error;    // name of the refusal, if any
    std::string message;  // and its text
    std::vector<std::string> notes;
    protocol::Recognised recognised;
    std::optional<protocol::Call> call;
    rules::Firing firing;
    bool is_ruled = false;  // the error is a rule's

    std::string account() const { return identity.account.value_or(""); }
};

Engine::Engine(control::Beginning beginning, storage::Store& store, telemetry::Log& log, control::Access access)
    : world_(store, std::move(beginning)),
      log_(log),
      origins_(access.origins),
      control_(world_, version(), std::move(access)) {
    log_notes();
}

control::Reply Engine::answer(const protocol::Request& request, const control::Waiting* waiting) {
    Exchange exchange{.request = request, .moments = lifecycle::Moments(world_.clocks())};
    Response response;
    try {
        exchange.identity = protocol::identify(request);
        exchange.now = exchange.moments.now_of(exchange.identity.account.value_or(""));
        exchange.stamp = {request_ids_.next(), date_of(exchange.now)};
        if (request.method == "OPTIONS") {
            response = protocol::options_answer(request, origins_);
        } else if (control::is_control(request.target)) {
            control::Reply reply = waiting == nullptr ? control_.answer(request) : control_.answer(waiting->wait);
            if (std::holds_alternative<control::Waiting>(reply)) return reply;
            response = std::get<Response>(std::move(reply));
            log_notes();
            protocol::allow_origin(request, origins_, response);
        } else {
            response = answer_service(exchange);
            protocol::allow_origin(request, origins_, response);
            record(exchange, response);
        }
        if (header_value(response, "date").empty()) response.headers.push_back({"date", exchange.stamp.date});
    } catch (const std::exception& error) {
        response = failure(exchange, error.what());
    }
    log_exchange(exchange, response);
    return response;
}

Response Engine::answer_service(Exchange& exchange) {
    Response response = read_and_run(exchange);
    if (exchange.firing.rule() == nullptr) return response;
    disturb(response, exchange.firing);
    // Where the service itself refuses, its own reason tells more.
    if (exchange.error.empty() || exchange.is_ruled) tell_why(response, *exchange.firing.rule());
    return response;
}

Response Engine::read_and_run(Exchange& exchange) {
    exchange.recognised = protocol::recognise(exchange.request);
    const auto& [service, rest_operation] = exchange.recognised;
    try {
        if (rest_operation != nullptr) {
            exchange.call = protocol::rest_json::read(*service, *rest_operation, exchange.request);
            return protocol::rest_json::output(run(exchange), exchange.stamp);
        }
        protocol::Reading reading = protocol::aws_json::read(*service, exchange.request);
        if (auto* const refusal = std::get_if<protocol::Refusal>(&reading)) {
            exchange.error = refusal->error;
            protocol::aws_json::stamp_headers(refusal->response, exchange.stamp);
            return std::move(refusal->response);
        }
        exchange.call = std::get<protocol::Call>(std::move(reading));
        return protocol::aws_json::output(run(exchange), exchange.stamp);
    } catch (const ApiError& error) {
        exchange.error = error.name();
        exchange.message = error.message();
        return rest_operation != nullptr ? protocol::rest_json::error(error, exchange.stamp)
                                         : protocol::aws_json::error(error, exchange.stamp);
    }
}

std::string Engine::run(Exchange& exchange) {
    const model::Operation& operation = *exchange.call->operation;
    const std::string account = exchange.account();
    const std::string region = exchange.identity.region.value_or("");
    exchange.firing = rules::fire(world_.own_rules(account), world_.rules_of(""),
                                  {operation.name, account, region, exchange.call->input});
    static const rules::Effects none;
    const rules::Rule* const rule = exchange.firing.rule();
    const rules::Effects& effects = rule == nullptr ? none : rule->effects;
    if (effects.error && !effects.error->after_commit) throw_ruled(exchange);
    check_input(operation, exchange.call->input);
    std::string body = run_handler(exchange, effects);
    if (effects.error) throw_ruled(exchange);
    return body;
}

void Engine::throw_ruled(Exchange& exchange) {
    exchange.is_ruled = true;
    throw ruled_error(*exchange.firing.rule(), *exchange.call->service);
}

std::string Engine::run_handler(Exchange& exchange, const rules::Effects& effects) {
    operations::Context context{.store = world_.store(),
                                .settings = world_.settings(),
                                .scope = {exchange.identity.account, exchange.identity.region},
                                .moments = exchange.moments,
                                .plans = world_.plans(),
                                .plan_change = effects.lifecycle.value_or(lifecycle::PlanChange{}),
                                .origin = effects.lifecycle ? "rule:" + exchange.firing.rule()->id : "",
                                .notes = exchange.notes};
    std::string body = operations::run(context, *exchange.call->operation, exchange.call->input);
    if (exchange.call->operation->name.starts_with("Create")) {
        exchange.firing.created();
        note_writing(exchange);
    }
    return body;
}

void Engine::note_writing(const Exchange& exchange) {
    // At another speed than the machine's a restart could not tell how far the clock has come.
    const std::string account = exchange.account();
    if (world_.clocks().of(account).state().speed != 1) world_.keep_clock(account);
}

void Engine::record(Exchange& exchange, const Response& response) {
    const rules::Rule* const rule = exchange.firing.rule();
    const std::string account = exchange.account();
    if (rule != nullptr) world_.keep_rules(world_.own_rule(account, rule->id) ? account : "");
    world_.record(account, exchange.now);
    const auto duration = std::chrono::steady_clock::now() - exchange.began;
    const bool is_known = exchange.call.has_value();
    const std::string target = is_known ? "" : asked_for(exchange.request);
    telemetry::JournalEntry entry{.id = exchange.stamp.request_id,
                                  .at = exchange.now,
                                  .operation = is_known ? std::string_view(exchange.call->operation->name) : "",
                                  .target = target,
                                  .account = account,
                                  .region = exchange.identity.region ? std::string_view(*exchange.identity.region) : "",
                                  .input = exchange.request.body,
                                  .is_input_json = is_known,
                                  .output = exchange.error.empty() ? std::string_view(response.body) : "",
                                  .error = exchange.error,
                                  .message = exchange.message,
                                  .status = response.status,
                                  .duration = std::chrono::duration_cast<std::chrono::microseconds>(duration),
                                  .rule = rule == nullptr ? "" : std::string_view(rule->id),
                                  .connection = {}};
    world_.metrics().record(is_known ? std::string_view(exchange.call->service->name()) : "",
                            is_known ? std::string_view(exchange.call->operation->name) : "", exchange.error, duration);
    if (rule != nullptr && rule->effects.connection) entry.connection = rules::text_of(*rule->effects.connection);
    world_.journal().record(entry);
}

Response Engine::failure(Exchange& exchange, const char* what) {
    exchange.error = "InternalFailure";
    log_.write(Level::error, "failure", {{"reason", what}, {"request_id", exchange.stamp.request_id}});
    if (control::is_control(exchange.request.target)) return control::failure_response();
    const ApiError error("InternalFailure", "", "a fault of personalize-local; its log tells more", Evidence::inferred,
                         500);
    return exchange.recognised.rest_operation != nullptr ? protocol::rest_json::error(error, exchange.stamp)
                                                         : protocol::aws_json::error(error, exchange.stamp);
}

void Engine::log_notes() {
    for (const std::string& note : world_.take_notes()) log_.write(Level::warn, "fixtures", {{"text", note}});
}

void Engine::log_exchange(const Exchange& exchange, const Response& response) {
    for (const std::string& note : exchange.notes) {
        log_.write(Level::warn, "note", {{"text", note}, {"request_id", exchange.stamp.request_id}});
    }
    if (!log_.wants(Level::info)) return;
    const auto duration = std::chrono::steady_clock::now() - exchange.began;
    const auto us = std::chrono::duration_cast<std::chrono::microseconds>(duration).count();
    const bool is_foreign =
        !exchange.call && !exchange.identity.service.empty() && exchange.identity.service != "personalize";
    log_.write(Level::info, "request",
               {{"operation", exchange.call
                                  ? exchange.call->operation->name
                                  : std::string(exchange.request.method) + " " + std::string(exchange.request.target)},
                {"status", std::to_string(response.status)},
                {"error", exchange.error},
                {"why", header_value(response, protocol::why_header)},
                {"signed_for", is_foreign ? exchange.identity.service : ""},
                {"account", exchange.identity.account.value_or("")},
                {"region", exchange.identity.region.value_or("")},
                {"us", std::to_string(us)},
                {"request_id", exchange.stamp.request_id}});
}

const std::string& Engine::date_of(storage::Instant now) {
    const storage::Instant second = std::chrono::floor<std::chrono::seconds>(now);
    if (second != dated_ || date_.empty()) {
        dated_ = second;
        date_ = lifecycle::http_date(now);
    }
    return date_;
}

std::string version() {
    return PLOCAL_VERSION;
}

}  // namespace plocal::app
