#include "server/service/resources/lookup.h"

#include <algorithm>
#include <utility>

#include "server/base/json.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/resources/catalogue.h"
#include "server/service/resources/resource_view.h"

namespace plocal::resources {
namespace {

using base::Json;
using base::text_member;
using model::ApiError;
using model::Evidence;
using storage::Record;

/// Says how to make a reference to a missing resource work.
std::string missing_note(const Kind& kind, std::string_view arn) {
    const Json fixture = {{std::string(kind.plural), {{{std::string(kind.arn_member), arn}}}}};
    return kind_message("there is no ", kind, " ", arn) + "; load it with the fixture " + base::json_text(fixture) +
           ", or start with --references lenient to assume that it exists";
}

}  // namespace

std::string kind_message(std::string_view before, const Kind& kind, std::string_view after, std::string_view end) {
    return std::string(before).append(kind.words).append(after).append(end);
}

ApiError invalid_input(std::string message, std::string why, Evidence evidence) {
    return {"InvalidInputException", std::move(message), std::move(why), evidence};
}

ApiError in_use(const Context& context, std::string message, std::string why, Evidence evidence) {
    constexpr std::string_view name = "ResourceInUseException";
    const auto& declared = context.operation.errors;
    const bool is_declared = std::ranges::find(declared, name) != declared.end();
    return {is_declared ? std::string(name) : "InvalidInputException", std::move(message), std::move(why), evidence};
}

std::string missing_message(const Kind& kind, std::string_view arn) {
    return kind_message("The given ", kind, " does not exist: ", arn);
}

ApiError arn_not_found(std::string_view arn, std::string why) {
    return {"ResourceNotFoundException", "Resource Arn " + std::string(arn) + " does not exist.", std::move(why),
            Evidence::inferred};
}

ApiError not_found(const Kind& kind, std::string_view arn, std::string why) {
    if (kind.named_by_arn_if_missing) return arn_not_found(arn, std::move(why));
    return {"ResourceNotFoundException", missing_message(kind, arn), std::move(why), Evidence::seen};
}

std::optional<Record> find_visible(Context& context, const Kind& kind, std::string_view arn) {
    const std::shared_ptr<const Record> record = find_shared(context, kind, arn);
    return record == nullptr ? std::nullopt : std::optional(*record);
}

std::shared_ptr<const Record> find_shared(Context& context, const Kind& kind, std::string_view arn) {
    std::shared_ptr<const Record> record = context.store.resources().find_shared(arn);
    if (record == nullptr && kind.owned_by_aws) {
        std::optional<Record> of_aws = find_in_catalogue(kind, arn);
        return of_aws ? std::make_shared<const Record>(*std::move(of_aws)) : nullptr;
    }
    if (record == nullptr || record->kind != kind.name) return nullptr;
    if (context.scope.admits(record->owner)) return record;
    context.notes.push_back(kind_message("the ", kind, " exists, in account ", record->owner.account) + " and region " +
                            record->owner.region + ", which the request's signature does not name");
    return nullptr;
}

Record find_named(Context& context, const Kind& kind, const Json& input) {
    return *find_shared_named(context, kind, input);
}

std::shared_ptr<const Record> find_shared_named(Context& context, const Kind& kind, const Json& input) {
    const std::string* const given = text_member(input, kind.arn_member);
    if (given == nullptr) {
        throw invalid_input(std::string(kind.arn_member) + " must not be null.",
                            kind_message("the request does not identify the ", kind), Evidence::inferred);
    }
    if (std::shared_ptr<const Record> record = find_shared(context, kind, *given)) return record;
    throw not_found(kind, *given, kind_message("no such ", kind, " is visible to the caller"));
}

bool may_change(Context& context, const Record& record) {
    const base::Instant now = context.readings.now_of(record.owner.account);
    return !record.timeline.steps.empty() && lifecycle::next_change(record.timeline, now).has_value();
}

std::string_view status_of(Context& context, const Record& record) {
    if (record.timeline.steps.empty()) return {};
    return lifecycle::state_at(record.timeline, context.readings.now_of(record.owner.account)).status;
}

Json value_of(Context& context, const Record& record) {
    return current_value(kind_named(record.kind), record, context.readings.now_of(record.owner.account),
                         context.settings.status_names);
}

std::string inherited_text(const Record& record, std::string_view member, const FindRecord& find) {
    const Json document = base::parse_json(record.document);
    if (const std::string* const text = text_member(document, member)) return *text;
    const auto parent = record.parent.empty() ? std::nullopt : find(record.parent);
    return parent ? inherited_text(*parent, member, find) : std::string();
}

std::string inherited_text(Context& context, const Kind& kind, const Json& members, std::string_view member) {
    if (const std::string* const text = text_member(members, member)) return *text;
    const FindRecord find = [&context](std::string_view arn) { return context.store.resources().find(arn); };
    const auto parent = find(parent_in(kind, members));
    return parent ? inherited_text(*parent, member, find) : std::string();
}

ResolvedReference resolve(Context& context, const Kind& kind, const std::string& arn) {
    const std::optional<Arn> parsed = parse_arn(arn);
    if (!parsed || !is_arn_of(kind, *parsed)) {
        throw not_found(kind, arn, kind_message("expected the ARN of the kind ", kind, ": ", arn));
    }
    if (std::optional<Record> record = find_visible(context, kind, arn)) return {{arn, false}, std::move(record)};
    const bool may_be_assumed =
        context.settings.references == References::lenient || context.store.resources().is_assumed(arn);
    const bool is_elsewhere = context.store.resources().find(arn).has_value();  // find_visible adds a note
    if (may_be_assumed && !is_elsewhere && context.scope.admits(parsed->owner())) return {{arn, true}, std::nullopt};
    if (!is_elsewhere) context.notes.push_back(missing_note(kind, arn));
    throw not_found(kind, arn, kind_message("the request references a ", kind, " that does not exist: ", arn));
}

void require_active(Context& context, const Kind& kind, const ResolvedReference& referred) {
    if (!referred.record || !kind.has_status()) return;
    if (kind.removed_with_parent) {
        const auto parent = context.store.resources().find(referred.record->parent);
        if (parent && status_of(context, *parent).starts_with("DELETE")) {
            throw in_use(context, kind_message("The given ", kind, " is not active: ", referred.reference.arn),
                         kind_message("it is removed with the ", kind_named(parent->kind),
                                      ", which is being deleted: ", parent->arn),
                         Evidence::inferred);
        }
    }
    const std::string_view status = status_of(context, *referred.record);
    const bool is_updating = transition_of(kind, status) != nullptr &&
                             transition_of(kind, status)->success == lifecycle::active && status.starts_with("UPDATE");
    if (status == lifecycle::active || status == lifecycle::updating.failure) return;
    if (is_updating && kind.update && !kind.update->is_in_status) return;
    std::string message = kind_message("The given ", kind, " is not active: ", referred.reference.arn);
    std::string why = kind_message("the ", kind, " must be ACTIVE and is ", status);
    if (lifecycle::is_terminal(status)) throw invalid_input(std::move(message), std::move(why), Evidence::inferred);
    throw in_use(context, std::move(message), std::move(why), Evidence::inferred);
}

ResolvedReference resolve_usable(Context& context, const Kind& kind, std::string_view member, const std::string& arn) {
    const auto reference = std::ranges::find(kind.references, member, &ReferenceMember::member);
    const Kind& target_kind = kind_named(reference->kind);
    ResolvedReference target = resolve(context, target_kind, arn);
    if (reference->need == Need::active) require_active(context, target_kind, target);
    return target;
}

}  // namespace plocal::resources
