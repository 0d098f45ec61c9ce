#include "server/app/engine/engine.h"

#include <chrono>
#include <exception>
#include <variant>

#include "server/app/engine/dispatch.h"
#include "server/app/engine/event_records.h"
#include "server/app/engine/responses.h"
#include "server/app/engine/rule_effects.h"
#include "server/app/engine/version.h"
#include "server/model/api_error.h"
#include "server/wire/protocol/cors.h"
#include "server/wire/signing/verify.h"

namespace plocal::engine {

using model::ApiError;
using protocol::Response;

Engine::Engine(world::WorldConfig config, storage::Store& store, base::Log& log, control::Access access,
               std::optional<signing::Credentials> credentials)
    : world_(store, std::move(config)),
      work_(world_, log),
      news_(world_, log),
      log_(log),
      access_(access),
      control_(world_, {.version = version()}, std::move(access)),
      credentials_(std::move(credentials)) {
    control_.set_jobs([this](std::string_view account) { return work_.jobs(account); });
    log_notes();
}

control::Reply Engine::answer(const protocol::Request& request, Reading* reading) {
    control::Reply reply = reply_to(request, nullptr, false, nullptr, reading);
    work_.follow();
    return reply;
}

control::Reply Engine::check(const protocol::Request& request, const control::Waiting& waiting, bool is_stopping) {
    if (waiting.is_answered) return waiting.check(is_stopping);
    control::Reply reply = reply_to(request, &waiting, is_stopping);
    work_.follow();
    return reply;
}

control::Reply Engine::reply_to(const protocol::Request& request, const control::Waiting* waiting, bool is_stopping,
                                Late late, Reading* reading) {
    RequestContext context{.request = request,
                           .readings = lifecycle::ClockReadings(world_.tenants().clocks),
                           .is_control = control::is_control(request.target)};
    const bool is_options = request.method == "OPTIONS";
    control::Reply reply;
    try {
        begin(context);
        const bool must_wait = must_wait_for_due(context, waiting, late);
        if (must_wait && !is_stopping) return hold(request, waiting, late);
        if (must_wait) {
            reply = unavailable(context);
        } else if (is_options) {
            reply = protocol::options_answer(request, access_.origins);
        } else {
            reply =
                context.is_control ? answer_control(context, waiting, is_stopping) : answer_service(context, reading);
        }
    } catch (const std::exception& error) {
        reply = failure(context, error.what());
    }
    return conclude(context, std::move(reply));
}

/// Records a response, completes it and logs it. Returns a reply that is none as it is.
control::Reply Engine::conclude(RequestContext& context, control::Reply reply) {
    auto* const response = std::get_if<Response>(&reply);
    if (response == nullptr) return reply;
    if (context.recognised) record(context, *response, world_, news_);
    record_events(context, world_.events());
    if (context.request.method != "OPTIONS") protocol::allow_origin(context.request, access_.origins, *response);
    if (response->header("date").empty()) response->headers.push_back({"date", context.stamp.date});
    log(context, *response, log_);
    if (context.created.empty() || !context.error.empty()) return reply;
    return work_.hold(context.created, std::move(*response));
}

void Engine::begin(RequestContext& context) {
    context.identity = protocol::identify(context.request);
    context.now = context.readings.now_of(context.account());
    context.stamp = {request_ids_.next(), date_.of(context.now)};
}

/// Does a slice of the work that is due. Returns true while the request depends on more of it.
bool Engine::must_wait_for_due(RequestContext& context, const control::Waiting* waiting, Late& late) {
    if (waiting != nullptr && !waiting->waits_for_due) return false;
    std::optional<std::string> all;
    backlog_.run(context.readings, context.is_control ? all : context.identity.account, late);
    if (!late) return false;
    log_notes();
    context.began = late->began;
    if (!context.is_control) return backlog_.is_left(context.readings, context.identity.account, *late);
    if (!backlog_.is_left(context.readings, all, *late)) return false;
    std::string account;
    if (!control::Control::waits_for_due(context.request, account)) return false;
    return backlog_.is_left(context.readings, account.empty() ? all : account, *late);
}

/// Lets a request wait for due work. It goes on as if it came then.
control::Waiting Engine::hold(const protocol::Request& request, const control::Waiting* waiting, const Late& late) {
    constexpr std::chrono::milliseconds check_of_others(100);
    const auto now = std::chrono::steady_clock::now();
    const auto begun = waiting == nullptr ? nullptr : std::make_shared<const control::Waiting>(*waiting);
    auto check = [this, &request, begun, late](bool is_stopping) {
        control::Reply reply = reply_to(request, begun.get(), is_stopping, late);
        work_.follow();
        return reply;
    };
    return {.arn = {},
            .check_again = late->runs_slices ? now : now + check_of_others,
            .check = std::move(check),
            .is_answered = true};
}

control::Reply Engine::answer_control(const RequestContext& context, const control::Waiting* waiting,
                                      bool is_stopping) {
    control::Reply reply = waiting == nullptr ? control_.answer(context.request) : waiting->check(is_stopping);
    if (std::holds_alternative<Response>(reply)) log_notes();
    return reply;
}

// The walk: one room a line. `conclude` records the response, and the network writes it.
control::Reply Engine::answer_service(RequestContext& context, Reading* reading) {
    Reading own;
    if (reading == nullptr) reading = &(own = read(context.request));
    context.recognised = reading->recognised;
    try {
        refuse_foreign_page(context.request, access_);
        if (reading->refusal) std::rethrow_exception(reading->refusal);
        context.call = std::move(reading->call);
        context.bad_input = reading->bad_input;
        verify(context);
        match_rule(context);
        throw_rule_error(context, ErrorMoment::before_validation);
        std::optional<std::string> body = output_of_rule(context, world_.settings().plan.seed);
        if (!body) return carry_out(context);
        return end(context, context.recognised->protocol->output(*std::move(body), context.stamp));
    } catch (const ApiError& error) {
        return end(context, refusal(context, error));
    }
}

// After reading: like the service, the engine refuses an unknown operation before it checks the signature.
void Engine::verify(const RequestContext& context) const {
    if (!credentials_) return;
    signing::verify_signature(context.request, *credentials_,
                              {.machine = lifecycle::Clock::real().now(), .service = context.now},
                              {.refused_with = context.recognised->protocol->signature_status});
}

void Engine::match_rule(RequestContext& context) {
    const std::string account = context.account();
    const std::string region = context.region();
    world_.keep_clock(account);
    context.firing = rules::fire(world_.tenants().rules.find(account), world_.tenants().rules.of(""),
                                 {context.call->operation->name, account, region, context.call->input});
}

/// Carries out a request that no rule answers. Returns Waiting where something has to be made first.
control::Reply Engine::carry_out(RequestContext& context) {
    try {
        if (context.bad_input) std::rethrow_exception(context.bad_input);
        std::variant<std::string, runtime::NotMade> result = dispatch(world_, events_, context);
        if (const auto* const missing = std::get_if<runtime::NotMade>(&result)) {
            return wait_for(*missing, context);
        }
        std::string& body = std::get<std::string>(result);
        throw_rule_error(context, ErrorMoment::after_commit);
        merge_into(context, body);
        Response response = context.recognised->protocol->output(std::move(body), context.stamp);
        add_why(context, response);
        explain_ignored(context, response);
        return end(context, std::move(response));
    } catch (const ApiError& error) {
        return end(context, refusal(context, error));
    }
}

control::Reply Engine::end(RequestContext& context, Response response) {
    disturb(context, response);
    if (!context.is_noted) world_.note_request(context.account(), context.firing.rule.get());
    return response;
}

/// Lets a request wait until what it needs is made. It goes on behind its rule, which has fired.
control::Waiting Engine::wait_for(const runtime::NotMade& missing, RequestContext& context) {
    const auto kept = std::make_shared<RequestContext>(std::move(context));
    if (!kept->maker) kept->maker = std::make_shared<Maker>();
    auto check = [this, missing, kept](bool is_stopping) {
        control::Reply reply;
        try {
            world_.keep_clock(kept->account());
            if (!missing.is_made_by_job) makers_.make(world_.runtime(), world_.store(), missing, kept->maker);
            reply = is_stopping ? unavailable(*kept) : carry_out(*kept);
        } catch (const std::exception& error) {
            reply = failure(*kept, error.what());
        }
        reply = conclude(*kept, std::move(reply));
        work_.follow();
        return reply;
    };
    return {.arn = missing.is_made_by_job ? missing.key : std::string(),
            .check_again = makers_.next_check(missing, kept->maker),
            .check = std::move(check),
            .is_answered = true};
}

/// Forgets what rules have counted of a request that has failed: nothing of it is stored.
void Engine::forget_counts() {
    try {
        world_.fall_back();
    } catch (const std::exception& error) {
        log_.write(base::Level::error, "failure", {{"reason", error.what()}});
    }
}

Response Engine::failure(RequestContext& context, const char* what) {
    log_.write(base::Level::error, "failure", {{"reason", what}, {"request_id", context.stamp.request_id}});
    if (context.call) forget_counts();
    return fault_response(context);
}

void Engine::log_notes() {
    for (const std::string& note : world_.take_notes()) log_.write(base::Level::warn, "fixtures", {{"text", note}});
}

}  // namespace plocal::engine
