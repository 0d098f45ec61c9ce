#include "server/local/snapshot/resource_reader.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "server/local/snapshot/partial_resource.h"
#include "server/local/snapshot/shape_check.h"
#include "server/local/snapshot/timeline_json.h"
#include "server/local/snapshot/timestamps.h"
#include "server/local/snapshot/training_reader.h"
#include "server/local/snapshot/update_reader.h"
#include "server/model/service.h"
#include "server/service/resources/arn.h"
#include "server/service/resources/resource_view.h"

namespace plocal::snapshot {
namespace {

using base::Json;
using base::Problem;
using resources::Kind;

/// The ARN, if the draft has one of its kind. The result's views live as long as the draft.
std::optional<resources::Arn> take_arn(Draft& draft) {
    if (const std::string* const text = draft.text(draft.kind.arn_member)) draft.arn = *text;
    const std::optional<resources::Arn> arn = resources::parse_arn(draft.arn);
    if (arn && resources::is_arn_of(draft.kind, *arn)) return arn;
    draft.refuse(draft.kind.arn_member, "arn:aws:personalize:REGION:ACCOUNT:" + std::string(draft.kind.arn_type) +
                                            (draft.kind.has_two_part_id ? "/PARENT/ID" : "/NAME"));
    return std::nullopt;
}

void put_if_absent(Json& members, std::string_view name, std::string value) {
    Json& member = members[std::string(name)];
    if (member.is_null()) member = std::move(value);
}

/// Fills what an ARN tells by itself.
void complete_from_arn(Draft& draft, const resources::Arn& arn) {
    const std::string id(arn.id);
    const std::string first_part = id.substr(0, id.find('/'));
    put_if_absent(draft.members, draft.kind.name_member, id);
    if (draft.members.contains("accountId")) draft.members["accountId"] = arn.account;  // also of a copy
    if (!draft.kind.has_two_part_id) return;
    const auto parent = std::ranges::find_if(draft.kind.references, &resources::ReferenceMember::is_parent);
    put_if_absent(draft.members, parent->member,
                  resources::build_arn(arn.owner(), resources::kind_named(parent->kind).arn_type, first_part));
    if (!draft.kind.id_member.empty()) {
        put_if_absent(draft.members, draft.kind.id_member, id.substr(first_part.size() + 1));
    }
}

void check_name(Draft& draft, const resources::Arn& arn) {
    if (draft.kind.has_two_part_id || draft.kind.has_made_id) return;
    const std::string* const name = draft.text(draft.kind.name_member);
    if (name != nullptr && *name != arn.id)
        draft.refuse(draft.kind.name_member, std::string(arn.id) + ", as in the ARN");
}

base::Instant moment_or(const Draft& draft, const char* member, base::Instant otherwise) {
    const auto found = draft.members.find(member);
    if (found == draft.members.end() || !found->is_number_integer()) return otherwise;
    return base::Instant(std::chrono::milliseconds(found->get<std::int64_t>()));
}

/// The status in its stored form; a resource that is given a life of its own and no status begins it now.
std::string_view status_of(Draft& draft) {
    const std::string* const told = draft.text("status");
    const lifecycle::Path& creation = draft.kind.paths.front();
    if (told == nullptr) return draft.has_own_life ? creation.pending : creation.success;
    const std::string_view status = resources::stored_status(draft.kind, *told);
    const std::vector<std::string_view> known = resources::statuses_of(draft.kind);
    if (!resources::is_shown(draft.kind, status) || std::ranges::find(known, status) == known.end()) {
        draft.refuse("status", resources::statuses_told(draft.kind));
    }
    return status;
}

/// The timeline of a snapshot, which must agree with the status beside it.
storage::Timeline given_timeline(Draft& draft, base::Instant now) {
    std::vector<Problem> problems;
    storage::Timeline timeline = read_timeline(*draft.timeline, draft.kind, now, problems);
    const bool is_good = problems.empty();
    draft.add_below("/_local/timeline", std::move(problems));
    if (!is_good || draft.text("status") == nullptr) return timeline;
    const std::string_view status = lifecycle::state_at(timeline, now).status;
    // Of an update that leaves the status alone, the status does not tell.
    if (draft.kind.update && status.starts_with("UPDATE")) return timeline;
    if (status_of(draft) != status) draft.refuse("status", std::string(status) + ", as the timeline in _local has it");
    return timeline;
}

storage::Timeline timeline_of(Draft& draft, const lifecycle::Plan& common, base::Instant created, base::Instant now) {
    const base::Instant changed = moment_or(draft, "lastUpdatedDateTime", created);
    if (!draft.kind.has_status()) {
        return {.begins = created, .changed = changed, .origin = std::string(lifecycle::cause_fixture)};
    }
    if (draft.timeline) return given_timeline(draft, now);
    const std::string_view status = status_of(draft);
    const bool goes_on = !lifecycle::is_last(status);
    lifecycle::Plan plan = common;
    if (!goes_on) {
        plan.fails = false;
        plan.failure_reason.clear();
    }
    plan = draft.change.applied_to(std::move(plan));
    if (draft.change.fails && !goes_on) {
        draft.refuse("status", "a status that goes on, or none, beside an outcome in _local");
    }
    if (const std::string* const reason = draft.text("failureReason")) {
        if (!status.ends_with("FAILED") && !(goes_on && plan.fails)) {
            draft.refuse("failureReason",
                         "no failureReason where the status is not " + std::string(draft.kind.paths.front().failure));
        }
        plan.failure_reason = *reason;
    }
    plan = lifecycle::drawn(std::move(plan), draft.kind.name, draft.arn);
    storage::Timeline timeline = lifecycle::continuation(status, plan, changed, now, draft.kind.paths);
    timeline.origin = lifecycle::cause_fixture;
    return timeline;
}

std::vector<storage::Reference> references_of(Draft& draft) {
    std::vector<storage::Reference> references;
    for (const resources::ReferenceMember& member : draft.kind.references) {
        const std::string* const text = draft.text(member.member);
        if (text == nullptr) continue;
        const Kind& kind = resources::kind_named(member.kind);
        const std::optional<resources::Arn> arn = resources::parse_arn(*text);
        if (!arn || !resources::is_arn_of(kind, *arn)) {
            draft.refuse(member.member, "the ARN of a " + std::string(kind.words));
        } else if (std::ranges::find(references, *text, &storage::Reference::arn) == references.end()) {
            references.push_back({*text, false});
        }
    }
    const std::string parent = resources::parent_in(draft.kind, draft.members);
    if (!parent.empty() && std::ranges::find(references, parent, &storage::Reference::arn) == references.end()) {
        references.push_back({parent, false});
    }
    return references;
}

/// Fills in what a draft without problems tells.
void complete_record(storage::Record& record, Draft& draft, const lifecycle::Plan& plan, base::Instant now) {
    record.kind = draft.kind.name;
    record.arn = draft.arn;
    record.name = *draft.text(draft.kind.name_member);
    record.parent = resources::parent_in(draft.kind, draft.members);
    take_update(draft, record, plan, now);
    if (draft.hidden) draft.members[std::string(draft.kind.hidden->member)] = *std::move(draft.hidden);
    record.document = resources::document_of(draft.kind, std::move(draft.members));
}

}  // namespace

void read_resource(Reading& reading, const Place& place, const Kind& kind, const Json& json, const Outlook& outlook) {
    if (!json.is_object()) {
        reading.problems.push_back({place, "an object", base::excerpt(json)});
        return;
    }
    Draft draft{.kind = kind, .members = json, .change = {}, .problems = {}};
    take_local(draft);
    const model::Shape& shape = *model::personalize().shape(kind.shape);
    check_shape(shape, draft.members, draft.problems);
    const std::optional<resources::Arn> arn = take_arn(draft);
    if (arn) {
        check_name(draft, *arn);
        complete_from_arn(draft, *arn);
    }
    Fixture fixture{.place = place, .record = {}, .references = references_of(draft), .tags = std::move(draft.tags)};
    const std::string account(arn ? arn->account : "");
    const base::Instant now = outlook.moments.now_of(account);
    const lifecycle::Plan plan = outlook.plans.plan_for(account, kind.name);
    fixture.record.created = moment_or(draft, "creationDateTime", now);
    fixture.record.timeline = timeline_of(draft, plan, fixture.record.created, now);
    draft.members = base::without_nulls(std::move(draft.members));
    fixture.record.due = take_next_training(draft, plan.seed, fixture.record.created, now);
    if (arn && draft.problems.empty()) {
        fixture.record.owner = arn->owner();
        complete_record(fixture.record, draft, lifecycle::drawn(draft.change.applied_to(plan), kind.name, draft.arn),
                        now);
        reading.fixtures.push_back(std::move(fixture));
        return;
    }
    add_problems(reading.problems, place, std::move(draft.problems));
}

}  // namespace plocal::snapshot
