#include "server/operations/verbs.h"

#include <utility>

#include "server/lifecycle/course.h"
#include "server/model/api_error.h"
#include "server/operations/document.h"
#include "server/operations/page.h"

namespace plocal::operations {
namespace {

using model::ApiError;
using model::Evidence;
using model::Json;
using storage::Record;

constexpr std::size_t default_page_size = 100;

std::string words_and_arn(std::string_view before, const Kind& kind, std::string_view after, std::string_view arn) {
    return std::string(before).append(kind.words).append(after).append(arn);
}

ApiError not_found(const Kind& kind, std::string_view arn, std::string why) {
    return {"ResourceNotFoundException", words_and_arn("The given ", kind, " does not exist: ", arn), std::move(why),
            Evidence::seen};
}

/// How to go on where a Create names something that is not here.
std::string way_on(const Kind& kind, std::string_view arn) {
    const Json fixture = {{std::string(kind.plural), {{{std::string(kind.arn_member), arn}}}}};
    return words_and_arn("there is no ", kind, " ", arn) + "; a fixture " + fixture.dump() +
           " makes it one, --references lenient takes it to exist";
}

storage::Timeline life_of_new(const Context& context, const Record& record) {
    const lifecycle::Plan plan =
        context.plan_change.applied_to(context.plans.plan_for(record.owner.account, record.kind));
    storage::Timeline timeline = lifecycle::creation(lifecycle::drawn(plan, record.kind, record.arn), record.created);
    timeline.origin = context.origin;
    return timeline;
}

}  // namespace

const std::string* text_member(const Json& input, std::string_view member) {
    const auto found = input.find(member);
    return found == input.end() ? nullptr : found->get_ptr<const std::string*>();
}

std::optional<Record> find_visible(Context& context, const Kind& kind, std::string_view arn) {
    std::optional<Record> record = context.store.resources().find(arn);
    if (!record || record->kind != kind.name) return std::nullopt;
    if (context.scope.admits(record->owner)) return record;
    context.notes.push_back(words_and_arn("the ", kind, " exists, in account ", record->owner.account) +
                            " and region " + record->owner.region + ", which the request's signature does not name");
    return std::nullopt;
}

Referred refer_to(Context& context, const Kind& kind, const std::string& arn) {
    const std::optional<Arn> parsed = parse_arn(arn);
    if (!parsed || !is_arn_of(kind, *parsed)) {
        throw not_found(kind, arn, words_and_arn("the ARN is none of a ", kind, ": ", arn));
    }
    if (std::optional<Record> record = find_visible(context, kind, arn)) return {{arn, false}, std::move(record)};
    const bool may_be_taken_to_exist =
        context.settings.references == References::lenient || context.store.resources().is_assumed(arn);
    const bool is_elsewhere = context.store.resources().find(arn).has_value();  // a note tells where
    if (may_be_taken_to_exist && !is_elsewhere && context.scope.admits(parsed->owner())) {
        return {{arn, true}, std::nullopt};
    }
    if (!is_elsewhere) context.notes.push_back(way_on(kind, arn));
    throw not_found(kind, arn, words_and_arn("the request names a ", kind, " that is not there: ", arn));
}

void require_active(Context& context, const Kind& kind, const Referred& referred) {
    if (!referred.record) return;
    const std::string_view status =
        lifecycle::state_at(referred.record->timeline, context.moments.now_of(referred.record->owner.account)).status;
    if (status == lifecycle::active) return;
    const bool is_being_made = status == lifecycle::create_pending || status == lifecycle::create_in_progress;
    throw ApiError(is_being_made ? "ResourceInUseException" : "InvalidInputException",
                   words_and_arn("The given ", kind, " is not active: ", referred.reference.arn),
                   words_and_arn("the ", kind, " must be ACTIVE and is ", status), Evidence::inferred);
}

Output describe(Context& context, const Kind& kind, const Json& input) {
    const std::string* const arn = text_member(input, kind.arn_member);
    std::optional<Record> record = find_visible(context, kind, arn == nullptr ? "" : *arn);
    if (!record) {
        throw not_found(kind, arn == nullptr ? "" : *arn,
                        words_and_arn("there is no such ", kind, " for the caller", ""));
    }
    const storage::Instant now = context.moments.now_of(record->owner.account);
    Ready answer{R"({")"};
    answer.text.append(kind.name).append(R"(":)");
    answer.text += living_document(kind, *record, now, context.settings.status_names);
    answer.text += '}';
    if (kind.has_status && lifecycle::note_look(record->timeline, now)) {
        context.store.resources().save_timeline(record->arn, record->timeline,
                                                lifecycle::rest_of(record->timeline, now));
    }
    return answer;
}

Output list(Context& context, const Kind& kind, std::string_view parent_member, const Json& input) {
    storage::Page page{.scope = context.scope, .kind = std::string(kind.name), .parent = {}, .after = {}};
    if (const std::string* const parent = text_member(input, parent_member)) page.parent = *parent;
    const std::string query = query_identity(page);
    if (const std::string* const token = text_member(input, "nextToken")) page.after = read_token(*token, query);
    const Json max_results = input.value("maxResults", Json());
    const std::size_t size = max_results.is_number() ? max_results.get<std::size_t>() : default_page_size;
    page.limit = size + 1;  // one more tells whether there is another page

    std::vector<Record> records = context.store.resources().list(page);
    Json output = {{std::string(kind.plural), Json::array()}};
    if (records.size() > size) {
        records.resize(size);
        output["nextToken"] = make_token({records.back().created, records.back().id}, query);
    }
    for (const Record& record : records) {
        output[std::string(kind.plural)].push_back(
            living_value(kind, record, context.moments.now_of(record.owner.account), context.settings.status_names));
    }
    return output;
}

storage::Owner owner_of_new(const Context& context, std::string_view referred_arn) {
    storage::Owner owner = context.settings.home;
    if (const std::optional<Arn> arn = parse_arn(referred_arn); arn && !arn->account.empty())
        owner.account = arn->account;
    if (context.scope.account) owner.account = *context.scope.account;
    if (context.scope.region) owner.region = *context.scope.region;
    return owner;
}

std::string create(Context& context, const Kind& kind, const storage::Owner& owner, const std::string& name,
                   Json document, const std::vector<Referred>& references) {
    Record record{.owner = owner, .kind = std::string(kind.name), .name = name};
    record.created = context.moments.now_of(owner.account);
    record.arn = build_arn(owner, kind.arn_type, name);
    document[std::string(kind.arn_member)] = record.arn;
    for (const ReferenceMember& member : kind.references) {
        const std::string* const arn = text_member(document, member.member);
        if (member.is_parent && arn != nullptr) record.parent = *arn;
    }
    record.document = document_of(kind, std::move(document));
    record.timeline = life_of_new(context, record);
    record.rest = lifecycle::rest_of(record.timeline, record.created);
    std::vector<storage::Reference> stored;
    stored.reserve(references.size());
    for (const Referred& referred : references) stored.push_back(referred.reference);
    if (!context.store.resources().insert(record, stored)) {
        throw ApiError("ResourceAlreadyExistsException", "Another resource with Arn " + record.arn + " already exists.",
                       "names are unique by kind, account and region", Evidence::seen);
    }
    return record.arn;
}

}  // namespace plocal::operations
