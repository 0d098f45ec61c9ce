#include "server/service/resources/create.h"

#include <algorithm>
#include <vector>

#include "server/base/json.h"
#include "server/service/lifecycle/timeline_change.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/resources/catalogue.h"
#include "server/service/resources/life.h"
#include "server/service/resources/quotas.h"
#include "server/service/resources/resource_view.h"
#include "server/service/resources/tags.h"

namespace plocal::resources {
namespace {

using base::Json;
using base::text_member;
using model::ApiError;
using model::Evidence;
using storage::Record;

storage::Owner owner_of_new(const Context& context, const Kind& kind, const Json& input) {
    storage::Owner owner = context.settings.home;
    for (const ReferenceMember& member : kind.references) {
        const std::string* const named = text_member(input, member.member);
        const auto arn = named == nullptr ? std::nullopt : parse_arn(*named);
        if (!arn || arn->account.empty()) continue;
        owner.account = arn->account;
        if (kind.id_form == IdForm::two_parts) owner.region = arn->region;  // its ARN begins with its parent's
        break;
    }
    if (context.scope.account) owner.account = *context.scope.account;
    if (context.scope.region) owner.region = *context.scope.region;
    return owner;
}

storage::Timeline new_timeline(const Creation& creation, const std::string& arn) {
    const Context& context = creation.context;
    const lifecycle::PlanChange* const usual = default_creation_change(creation.kind);
    const lifecycle::PlanChange birth = usual == nullptr ? creation.plan_change : creation.plan_change.over(*usual);
    lifecycle::Plan plan =
        context.plan_change.applied_to(context.plans.plan_for(creation.owner.account, creation.kind.name, &birth));
    if (!plan.fails) plan.failure_reason.clear();
    plan.does_work = plan.does_work && creation.may_work;
    storage::Timeline timeline = lifecycle::creation(lifecycle::with_drawn_ranges(plan, creation.kind.name, arn),
                                                     creation.created, creation.kind.transitions.front());
    timeline.origin = creation.origin;
    return timeline;
}

std::vector<storage::Reference> references_of(const Creation& creation) {
    std::vector<storage::Reference> references;
    for (std::string& arn : referenced_arns(creation.kind, creation.document)) {
        const auto known = std::ranges::find_if(creation.referred,
                                                [&arn](const auto& each) { return each.second.reference.arn == arn; });
        const bool is_assumed = known != creation.referred.end()
                                    ? known->second.reference.assumed
                                    : !is_in_catalogue(arn) && !creation.context.store.resources().find(arn);
        references.push_back({std::move(arn), is_assumed});
    }
    return references;
}

std::string arn_of(const Creation& creation) {
    return build_arn(creation.owner, creation.kind.arn_type, creation.id.empty() ? creation.name : creation.id);
}

void refuse_taken(const Creation& creation, const std::string& arn) {
    throw ApiError("ResourceAlreadyExistsException",
                   creation.taken_message.empty() ? "Another resource with Arn " + arn + " already exists."
                                                  : creation.taken_message,
                   "names are unique by kind, account and region", Evidence::seen);
}

}  // namespace

Creation::Creation(Context& given_context, const Kind& given_kind, const Json& given_input)
    : context(given_context),
      kind(given_kind),
      input(given_input),
      owner(owner_of_new(given_context, given_kind, given_input)),
      created(given_context.readings.now_of(owner.account)),
      document(given_input),
      answer(Json::object()),
      origin(given_context.origin) {
    if (const std::string* const given_name = text(kind.name_member)) name = *given_name;
}

const ResolvedReference* Creation::refer(std::string_view member) {
    const auto known = std::ranges::find_if(referred, [member](const auto& each) { return each.first == member; });
    if (known != referred.end()) return &known->second;
    const std::string* const arn = text(member);
    if (arn == nullptr) return nullptr;
    return &referred.emplace_back(member, resolve_usable(context, kind, member, *arn)).second;
}

std::int64_t next_ordinal(Context& context, const Kind& kind, const storage::Owner& owner, std::string_view parent) {
    const std::string name = "ordinal:" + std::string(kind.name) + ":" + std::string(parent);
    const auto kept = context.store.settings().find(owner.account, name);
    const std::int64_t ordinal = kept ? std::stoll(*kept) : 0;
    context.store.settings().put({owner.account, name, std::to_string(ordinal + 1)});
    return ordinal;
}

std::string store(Creation& creation) {
    const Kind& kind = creation.kind;
    Record record{.owner = creation.owner, .kind = std::string(kind.name), .name = creation.name};
    record.created = creation.created;
    record.arn = arn_of(creation);
    record.due = creation.due;
    creation.document[std::string(kind.arn_member)] = record.arn;
    creation.document[std::string(kind.name_member)] = record.name;
    record.parent = parent_in(kind, creation.document);
    const std::vector<storage::Reference> references = references_of(creation);
    record.document = document_of(kind, std::move(creation.document));
    if (kind.has_status()) {
        record.timeline = new_timeline(creation, record.arn);
    } else {
        record.timeline = {.begins = record.created, .changed = record.created};
    }
    Context& context = creation.context;
    if (!insert_life(context.store, life_rules(context), record, references, record.created)) {
        refuse_taken(creation, record.arn);
    }
    context.created = record.arn;
    return record.arn;
}

void refuse_second(Creation& creation) {
    const auto parent = std::ranges::find_if(creation.kind.references, &ReferenceMember::is_parent);
    const std::string& arn = creation.refer(parent->member)->reference.arn;
    storage::Page page{.scope = {}, .kind = std::string(creation.kind.name), .parent = arn, .after = {}};
    page.limit = 1;
    if (creation.context.store.resources().list(page).empty()) return;
    const Kind& parent_kind = kind_named(parent->kind);
    const std::string article =
        std::string_view("aeiou").find(creation.kind.words.front()) == std::string_view::npos ? "A " : "An ";
    throw ApiError(
        "ResourceAlreadyExistsException",
        kind_message(article, creation.kind, " already exists in the provided ", parent_kind.words) + ": " + arn,
        kind_message("a ", parent_kind, " has at most one ", creation.kind.words), Evidence::documented);
}

Output create(Context& context, const Kind& kind, const Json& input) {
    const Hooks& hooks = context.hooks.of(kind.name);
    Creation creation(context, kind, input);
    if (kind.one_per_parent) refuse_second(creation);
    if (hooks.complete != nullptr) hooks.complete(creation);
    for (const ReferenceMember& member : kind.references) creation.refer(member.member);
    const std::string arn = arn_of(creation);
    if (context.store.resources().find(arn)) refuse_taken(creation, arn);
    check_quota(context, kind, creation.owner, creation.document);
    if (hooks.check_last != nullptr) hooks.check_last(creation);
    store(creation);
    put_tags(context, arn, input);
    Json output = std::move(creation.answer);
    output[std::string(kind.arn_member)] = arn;
    return output;
}

}  // namespace plocal::resources
