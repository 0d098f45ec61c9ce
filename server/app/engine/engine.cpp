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

Engine::Engine(world::WorldConfig config, storage::Store& store, base::Log& log, control::Access access,
               std::optional<signing::Credentials> credentials)
    : world_(store, std::move(config)),
      log_(log),
      origins_(access.origins),
      control_(world_, {.version = version(), .https = {}}, std::move(access)),
      credentials_(std::move(credentials)) {
    log_notes();
}

control::Reply Engine::answer(const protocol::Request& request, const control::Wait* wait) {
    RequestContext context{.request = request, .readings = lifecycle::ClockReadings(world_.clocks())};
    Response response;
    try {
        context.identity = protocol::identify(request);
        context.now = context.readings.now_of(context.identity.account.value_or(""));
        context.stamp = {request_ids_.next(), date_of(context.now)};
        world_.run_due(context.readings);
        if (request.method == "OPTIONS") {
            response = protocol::options_answer(request, origins_);
        } else if (control::is_control(request.target)) {
            control::Reply reply = wait == nullptr ? control_.answer(request) : control_.answer(*wait);
            if (std::holds_alternative<control::Waiting>(reply)) return reply;
            response = std::get<Response>(std::move(reply));
            log_notes();
            protocol::allow_origin(request, origins_, response);
        } else {
            response = answer_service(context);
            protocol::allow_origin(request, origins_, response);
        }
        if (response.header("date").empty()) response.headers.push_back({"date", context.stamp.date});
    } catch (const std::exception& error) {
        response = failure(context, error.what());
    }
    log(context, response, log_);
    return response;
}

Response Engine::answer_service(RequestContext& context) {
    Response response;
    try {
        response = read_and_run(context);
        if (context.firing.rule() != nullptr) disturb(response, context.firing);
        // Where the service itself refuses, its own reason tells more than that a rule fired.
        if (context.firing.rule() != nullptr && (context.error.empty() || context.is_ruled)) {
            set_why_header(response, *context.firing.rule());
        }
        world_.record(context.account(), context.firing.rule());
    } catch (const std::exception& error) {
        response = failure(context, error.what());
    }
    record(context, response, world_.journal(), world_.metrics());
    return response;
}

Response Engine::read_and_run(RequestContext& context) {
    context.recognised = protocol::recognise(context.request);
    const auto& [service, rest_operation] = context.recognised;
    try {
        if (rest_operation != nullptr) {
            context.call = protocol::rest_json::read(*service, *rest_operation, context.request);
            check_signature(context, 403);
            return protocol::rest_json::output(run(context), context.stamp);
        }
        protocol::Reading reading = protocol::aws_json::read(*service, context.request);
        if (auto* const refusal = std::get_if<protocol::Refusal>(&reading)) {
            context.error = refusal->error;
            protocol::aws_json::stamp_headers(refusal->response, context.stamp);
            return std::move(refusal->response);
        }
        context.call = std::get<protocol::Call>(std::move(reading));
        check_signature(context, 400);
        return protocol::aws_json::output(run(context), context.stamp);
    } catch (const ApiError& error) {
        context.error = error.name();
        context.message = error.message();
        return rest_operation != nullptr ? protocol::rest_json::error(error, context.stamp)
                                         : protocol::aws_json::error(error, context.stamp);
    }
}

// Once it is clear which operation is asked for: what the service does not know it refuses before it looks at who asks.
void Engine::check_signature(const RequestContext& context, int refused_with) const {
    if (!credentials_) return;
    signing::verify_signature(context.request, *credentials_,
                              {.machine = lifecycle::Clock::real().now(), .service = context.now},
                              {.refused_with = refused_with});
}

std::string Engine::run(RequestContext& context) {
    const model::Operation& operation = *context.call->operation;
    const std::string account = context.account();
    const std::string region = context.identity.region.value_or("");
    context.firing = rules::fire(world_.own_rules(account), world_.rules_of(""),
                                 {operation.name, account, region, context.call->input});
    static const rules::Effects none;
    const rules::Rule* const rule = context.firing.rule();
    const rules::Effects& effects = rule == nullptr ? none : rule->effects;
    if (effects.error && !effects.error->after_commit) throw_ruled(context);
    check_input(operation, context.call->input);
    std::string body = run_handler(context, effects);
    if (effects.error) throw_ruled(context);
    return body;
}

void Engine::throw_ruled(RequestContext& context) {
    context.is_ruled = true;
    throw ruled_error(*context.firing.rule(), *context.call->service);
}

std::string Engine::run_handler(RequestContext& context, const rules::Effects& effects) {
    resources::Context handler_context{.store = world_.store(),
                                       .settings = world_.settings(),
                                       .operation = *context.call->operation,
                                       .scope = {context.identity.account, context.identity.region},
                                       .readings = context.readings,
                                       .plans = world_.plans(),
                                       .quotas = world_.quotas(),
                                       .hooks = operations::hooks(),
                                       .plan_change = effects.lifecycle.value_or(lifecycle::PlanChange{}),
                                       .origin = effects.lifecycle ? "rule:" + context.firing.rule()->id : "",
                                       .notes = context.notes};
    std::string body = operations::run(handler_context, context.call->input);
    if (rules::puts_on_its_way(context.call->operation->name)) context.firing.created();
    return body;
}

Response Engine::failure(RequestContext& context, const char* what) {
    context.error = "InternalFailure";
    log_.write(Level::error, "failure", {{"reason", what}, {"request_id", context.stamp.request_id}});
    if (control::is_control(context.request.target)) return control::failure_response();
    const ApiError error("InternalFailure", "", "a fault of personalize-local; its log tells more", Evidence::inferred,
                         500);
    return context.recognised.rest_operation != nullptr ? protocol::rest_json::error(error, context.stamp)
                                                        : protocol::aws_json::error(error, context.stamp);
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
