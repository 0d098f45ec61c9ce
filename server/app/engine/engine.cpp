#include "server/app/engine/engine.h"

#include <chrono>
#include <exception>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "server/app/engine/request_record.h"
#include "server/app/engine/rule_effects.h"
#include "server/base/iso8601.h"
#include "server/model/api_error.h"
#include "server/model/validate.h"
#include "server/service/operations/registry.h"
#include "server/wire/protocol/aws_json.h"
#include "server/wire/protocol/call.h"
#include "server/wire/protocol/cors.h"
#include "server/wire/protocol/recognise.h"
#include "server/wire/protocol/rest_json.h"
#include "server/wire/signing/verify.h"

namespace plocal::engine {
namespace {

using base::Level;
using model::ApiError;
using model::Evidence;
using protocol::Response;

void check_input(const model::Operation& operation, const base::Json& input) {
    if (const auto clash = model::find_type_clash(*operation.input, input)) {
        throw ApiError("SerializationException", clash->text, "the JSON type of " + clash->path + " is a wrong one",
                       Evidence::seen);
    }
    const std::vector<model::Violation> violations = model::find_violations(*operation.input, input);
    if (violations.empty()) return;
    throw ApiError("ValidationException", model::validation_message(violations),
                   "constraints of the model, first at " + violations.front().path, Evidence::seen);
}

}  // namespace

Engine::Engine(world::Beginning beginning, storage::Store& store, base::Log& log, control::Access access,
               std::optional<signing::Credentials> credentials)
    : world_(store, std::move(beginning)),
      log_(log),
      origins_(access.origins),
      control_(world_, {.version = version(), .https = {}}, std::move(access)),
      credentials_(std::move(credentials)) {
    log_notes();
}

control::Reply Engine::answer(const protocol::Request& request, const control::Wait* wait) {
    Exchange exchange{.request = request, .moments = lifecycle::Moments(world_.clocks())};
    Response response;
    try {
        exchange.identity = protocol::identify(request);
        exchange.now = exchange.moments.now_of(exchange.identity.account.value_or(""));
        exchange.stamp = {request_ids_.next(), date_of(exchange.now)};
        world_.settle(exchange.moments);
        if (request.method == "OPTIONS") {
            response = protocol::options_answer(request, origins_);
        } else if (control::is_control(request.target)) {
            control::Reply reply = wait == nullptr ? control_.answer(request) : control_.answer(*wait);
            if (std::holds_alternative<control::Waiting>(reply)) return reply;
            response = std::get<Response>(std::move(reply));
            log_notes();
            protocol::allow_origin(request, origins_, response);
        } else {
            response = answer_service(exchange);
            protocol::allow_origin(request, origins_, response);
        }
        if (response.header("date").empty()) response.headers.push_back({"date", exchange.stamp.date});
    } catch (const std::exception& error) {
        response = failure(exchange, error.what());
    }
    log(exchange, response, log_);
    return response;
}

Response Engine::answer_service(Exchange& exchange) {
    Response response;
    try {
        response = read_and_run(exchange);
        if (exchange.firing.rule() != nullptr) disturb(response, exchange.firing);
        // Where the service itself refuses, its own reason tells more than that a rule fired.
        if (exchange.firing.rule() != nullptr && (exchange.error.empty() || exchange.is_ruled)) {
            tell_why(response, *exchange.firing.rule());
        }
        world_.record(exchange.account(), exchange.firing.rule());
    } catch (const std::exception& error) {
        response = failure(exchange, error.what());
    }
    record(exchange, response, world_.journal(), world_.metrics());
    return response;
}

Response Engine::read_and_run(Exchange& exchange) {
    exchange.recognised = protocol::recognise(exchange.request);
    const auto& [service, rest_operation] = exchange.recognised;
    try {
        if (rest_operation != nullptr) {
            exchange.call = protocol::rest_json::read(*service, *rest_operation, exchange.request);
            check_signature(exchange, 403);
            return protocol::rest_json::output(run(exchange), exchange.stamp);
        }
        protocol::Reading reading = protocol::aws_json::read(*service, exchange.request);
        if (auto* const refusal = std::get_if<protocol::Refusal>(&reading)) {
            exchange.error = refusal->error;
            protocol::aws_json::stamp_headers(refusal->response, exchange.stamp);
            return std::move(refusal->response);
        }
        exchange.call = std::get<protocol::Call>(std::move(reading));
        check_signature(exchange, 400);
        return protocol::aws_json::output(run(exchange), exchange.stamp);
    } catch (const ApiError& error) {
        exchange.error = error.name();
        exchange.message = error.message();
        return rest_operation != nullptr ? protocol::rest_json::error(error, exchange.stamp)
                                         : protocol::aws_json::error(error, exchange.stamp);
    }
}

// Once it is clear which operation is asked for: what the service does not know it refuses before it looks at who asks.
void Engine::check_signature(const Exchange& exchange, int refused_with) const {
    if (!credentials_) return;
    signing::verify_signature(exchange.request, *credentials_,
                              {.machine = lifecycle::Clock::real().now(), .service = exchange.now},
                              {.refused_with = refused_with});
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
    resources::Context context{.store = world_.store(),
                               .settings = world_.settings(),
                               .operation = *exchange.call->operation,
                               .scope = {exchange.identity.account, exchange.identity.region},
                               .moments = exchange.moments,
                               .plans = world_.plans(),
                               .quotas = world_.quotas(),
                               .hooks = operations::hooks(),
                               .plan_change = effects.lifecycle.value_or(lifecycle::PlanChange{}),
                               .origin = effects.lifecycle ? "rule:" + exchange.firing.rule()->id : "",
                               .notes = exchange.notes};
    std::string body = operations::run(context, exchange.call->input);
    if (rules::puts_on_its_way(exchange.call->operation->name)) exchange.firing.created();
    return body;
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

const std::string& Engine::date_of(base::Instant now) {
    const base::Instant second = std::chrono::floor<std::chrono::seconds>(now);
    if (second != dated_ || date_.empty()) {
        dated_ = second;
        date_ = base::http_date(now);
    }
    return date_;
}

std::string version() {
    return PLOCAL_VERSION;
}

}  // namespace plocal::engine
