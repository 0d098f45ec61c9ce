#include "server/service/resources/update.h"

#include <algorithm>
#include <utility>

#include "server/base/json.h"
#include "server/service/lifecycle/timeline_change.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/resources/life.h"
#include "server/service/resources/resource_view.h"

namespace plocal::resources {
namespace {

using base::Json;
using base::text_member;
using model::Evidence;
using storage::Record;

Output arn_output(const Kind& kind, const Record& record) {
    return Json{{std::string(kind.arn_member), record.arn}};
}

/// Adds the update's references. While the update is in progress, the resource keeps the old ones too.
void add_references(Change& change) {
    const Kind& kind = change.kind;
    Json members = change.present;
    members.update(base::parse_json(change.record.update));
    std::vector<storage::Reference> references = change.context.store.resources().references(change.record.arn);
    for (const std::string& arn : referenced_arns(kind, members)) {
        if (std::ranges::find(references, arn, &storage::Reference::arn) != references.end()) continue;
        const auto known =
            std::ranges::find(change.referred, arn,
                              [](const ResolvedReference& each) -> const std::string& { return each.reference.arn; });
        references.push_back({arn, known != change.referred.end() && known->reference.assumed});
    }
    change.context.store.resources().replace_references(change.record.id, references);
}

}  // namespace

const ResolvedReference* Change::refer(std::string_view member) {
    const std::string* const arn = text_member(input, member);
    if (arn == nullptr) return nullptr;
    return &referred.emplace_back(resolve_usable(context, kind, member, *arn));
}

void require_stable(Context& context, const Kind& kind, const Record& record,
                    const std::vector<std::string_view>& stable_statuses) {
    const std::string_view status = status_of(context, record);
    if (std::ranges::find(stable_statuses, status) != stable_statuses.end()) return;
    std::string why = kind_message("the ", kind, " is ", status);
    if (lifecycle::is_terminal(status)) {
        throw invalid_input(kind_message("The given ", kind, " is not in a state that allows this: ", record.arn),
                            std::move(why), Evidence::inferred);
    }
    throw in_use(context, kind_message("The given ", kind, " is in use: ", record.arn), std::move(why),
                 Evidence::documented);
}

void start_transition(Context& context, const Kind& kind, const lifecycle::Transition& transition, Record& record) {
    const base::Instant now = context.readings.now_of(record.owner.account);
    const lifecycle::Plan plan =
        context.plan_change.applied_to(context.plans.plan_for(record.owner.account, kind.name));
    lifecycle::start_transition(record.timeline, transition, lifecycle::with_drawn_ranges(plan, kind.name, record.arn),
                                now, context.origin.empty() ? lifecycle::cause_call : std::string_view(context.origin));
    save_life(context.store, life_rules(context), record, now);
}

Output update(Context& context, const Kind& kind, const Json& input) {
    const Hooks& hooks = context.hooks.of(kind.name);
    Change change{.context = context,
                  .kind = kind,
                  .input = input,
                  .record = find_named(context, kind, input),
                  .present = {},
                  .update = input,
                  .referred = {}};
    std::vector<std::string_view> from = hooks.updated_from;
    if (from.empty()) from.push_back(lifecycle::active);
    from.push_back(lifecycle::updating.failure);
    require_stable(context, kind, change.record, from);
    change.present = value_of(context, change.record);
    hooks.complete_update(change);
    Json document = change.present;
    document.erase(std::string(kind.update.value().member));
    change.record.document = document_of(kind, std::move(document));
    change.record.update = update_of(kind, change.update);
    add_references(change);
    start_transition(context, kind, lifecycle::updating, change.record);
    return arn_output(kind, change.record);
}

Output start_transition(Context& context, const Kind& kind, const lifecycle::Transition& transition,
                        std::string_view from, const Json& input) {
    Record record = find_named(context, kind, input);
    std::vector<std::string_view> stable_statuses{from};
    if (from == lifecycle::active) stable_statuses.push_back(lifecycle::updating.failure);
    require_stable(context, kind, record, stable_statuses);
    start_transition(context, kind, transition, record);
    return arn_output(kind, record);
}

}  // namespace plocal::resources
