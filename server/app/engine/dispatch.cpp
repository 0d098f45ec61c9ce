#include "server/app/engine/dispatch.h"

#include "server/local/world/declared.h"
#include "server/model/service.h"
#include "server/service/operations/registry.h"

namespace plocal::engine {
namespace {

using Result = std::variant<std::string, runtime::NotMade>;

Result run_operation(world::World& world, events::Events& events, resources::Context& handler_context,
                     const RequestContext& context) {
    const protocol::Call& call = *context.call;
    if (call.service == &model::personalize_events()) return events.run(handler_context, call.input);
    if (runtime::is_runtime_operation(*call.operation)) {
        return world.runtime().run(handler_context, call.input, world::declared_by(context.firing.rule.get()));
    }
    return operations::run(handler_context, call.input);
}

Result run_handler(world::World& world, events::Events& events, RequestContext& context) {
    const model::Operation& operation = *context.call->operation;
    const rules::Rule* const rule = context.firing.rule.get();
    const bool has_lifecycle = rule != nullptr && rule->effects.lifecycle.has_value();
    resources::Context handler_context{
        .store = world.store(),
        .settings = world.settings(),
        .operation = operation,
        .scope = {context.identity.account, context.identity.region},
        .readings = context.readings,
        .plans = world.tenants().plans,
        .quotas = world.tenants().quotas,
        .hooks = operations::hooks(),
        .plan_change = has_lifecycle ? *rule->effects.lifecycle : lifecycle::PlanChange{},
        .origin = has_lifecycle ? "rule:" + rule->id : "",
        .notes = context.notes};
    Result result = run_operation(world, events, handler_context, context);
    context.created = std::move(handler_context.created);
    context.why = std::move(handler_context.why);
    context.outcomes = std::move(handler_context.outcomes);
    if (rules::starts_transition(operation.name)) rules::count_change(context.firing);
    return result;
}

}  // namespace

Result dispatch(world::World& world, events::Events& events, RequestContext& context) {
    const rules::Rule* const rule = context.firing.rule.get();
    if (rule == nullptr) return run_handler(world, events, context);
    storage::sqlite::TransactionGroup group = world.store().begin_group();
    Result result = run_handler(world, events, context);
    context.is_noted = std::holds_alternative<std::string>(result);
    if (context.is_noted) world.note_request(context.account(), rule);
    group.commit();
    return result;
}

}  // namespace plocal::engine
