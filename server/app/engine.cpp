#include "server/app/engine.h"

#include <chrono>
#include <exception>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

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
    std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
    storage::Instant now{};
    protocol::Identity identity;
    protocol::Stamp stamp;
    std::string error;  // name of the refusal, if any
    std::vector<std::string> notes;
    protocol::Recognised recognised;
    std::optional<protocol::Call> call;
};

Engine::Engine(operations::Settings settings, storage::Store& store, lifecycle::Clock clock, telemetry::Log& log)
    : settings_(std::move(settings)), store_(store), clock_(clock), log_(log), control_(store, version()) {}

Response Engine::answer(const protocol::Request& request) {
    Exchange exchange{.request = request};
    Response response;
    try {
        exchange.now = clock_.now();
        exchange.identity = protocol::identify(request);
        exchange.stamp = {request_ids_.next(), date_of(exchange.now)};
        if (request.method == "OPTIONS") {
            response = protocol::options_answer(request);
        } else if (control::is_control(request.target)) {
            response = control_.answer(request);
            protocol::allow_origin(request, response);
        } else {
            response = answer_service(exchange);
            protocol::allow_origin(request, response);
        }
        if (header_value(response, "date").empty()) response.headers.push_back({"date", exchange.stamp.date});
    } catch (const std::exception& error) {
        response = failure(exchange, error.what());
    }
    log_exchange(exchange, response);
    return response;
}

Response Engine::answer_service(Exchange& exchange) {
    exchange.recognised = protocol::recognise(exchange.request);
    const auto& [service, rest_operation] = exchange.recognised;
    try {
        if (rest_operation != nullptr) {
            exchange.call = protocol::rest_json::read(*service, *rest_operation, exchange.request);
            return protocol::rest_json::output(run(exchange), exchange.stamp);
        }
        protocol::Reading reading = protocol::aws_json::read(*service, exchange.request);
        if (auto* const refusal = std::get_if<Response>(&reading)) {
            protocol::aws_json::stamp_headers(*refusal, exchange.stamp);
            return std::move(*refusal);
        }
        exchange.call = std::get<protocol::Call>(std::move(reading));
        return protocol::aws_json::output(run(exchange), exchange.stamp);
    } catch (const ApiError& error) {
        exchange.error = error.name();
        return rest_operation != nullptr ? protocol::rest_json::error(error, exchange.stamp)
                                         : protocol::aws_json::error(error, exchange.stamp);
    }
}

std::string Engine::run(Exchange& exchange) {
    check_input(*exchange.call->operation, exchange.call->input);
    operations::Context context{.store = store_,
                                .settings = settings_,
                                .scope = {exchange.identity.account, exchange.identity.region},
                                .now = exchange.now,
                                .notes = exchange.notes};
    return operations::run(context, *exchange.call->operation, exchange.call->input);
}

Response Engine::failure(Exchange& exchange, const char* what) {
    exchange.error = "InternalFailure";
    log_.write(Level::error, "failure", {{"reason", what}, {"request_id", exchange.stamp.request_id}});
    const ApiError error("InternalFailure", "", "a fault of personalize-local; its log tells more", Evidence::inferred,
                         500);
    return exchange.recognised.rest_operation != nullptr ? protocol::rest_json::error(error, exchange.stamp)
                                                         : protocol::aws_json::error(error, exchange.stamp);
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
