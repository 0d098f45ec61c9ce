#include "server/local/snapshot/resource_reader.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "server/local/snapshot/absent_references.h"
#include "server/local/snapshot/batches_input.h"
#include "server/local/snapshot/partial_resource.h"
#include "server/local/snapshot/resource_arn.h"
#include "server/local/snapshot/rows_input.h"
#include "server/local/snapshot/shape_check.h"
#include "server/local/snapshot/timeline_json.h"
#include "server/local/snapshot/training_reader.h"
#include "server/local/snapshot/update_reader.h"
#include "server/model/service.h"
#include "server/service/lifecycle/timeline_change.h"
#include "server/service/operations/registry.h"
#include "server/service/resources/arn.h"
#include "server/service/resources/resource_view.h"

namespace plocal::snapshot {
namespace {

using base::Json;
using base::Problem;
using resources::Kind;

base::Instant moment_or(const PartialResource& partial, const char* member, base::Instant fallback) {
    const auto found = partial.members.find(member);
    if (found == partial.members.end() || !found->is_number_integer()) return fallback;
    return base::Instant(std::chrono::milliseconds(found->get<std::int64_t>()));
}

/// Returns the status in its stored form. Without a status, a resource with a lifecycle of its own begins it now.
std::string_view status_of(PartialResource& partial) {
    const std::string* const given = partial.text("status");
    const lifecycle::Transition& creation = partial.kind.transitions.front();
    if (given == nullptr) return partial.has_lifecycle ? creation.pending : creation.success;
    const std::string_view status = resources::stored_status(partial.kind, *given);
    const std::vector<std::string_view> known = resources::statuses_of(partial.kind);
    if (!resources::is_shown(partial.kind, status) || std::ranges::find(known, status) == known.end()) {
        partial.refuse("status", resources::displayed_statuses(partial.kind));
    }
    return status;
}

/// Returns the timeline of a snapshot. Adds a problem where it disagrees with the status beside it.
storage::Timeline given_timeline(PartialResource& partial, base::Instant now) {
    std::vector<Problem> problems;
    storage::Timeline timeline = read_timeline(*partial.timeline, partial.kind, now, problems);
    const bool is_good = problems.empty();
    partial.add_below("/_local/timeline", std::move(problems));
    if (!is_good || partial.text("status") == nullptr) return timeline;
    const std::string_view status = lifecycle::state_at(timeline, now).status;
    // Some kinds show an update only in `latest...Update`.
    if (partial.kind.update && status.starts_with("UPDATE")) return timeline;
    if (status_of(partial) != status)
        partial.refuse("status", std::string(status) + ", as the timeline in _local has it");
    return timeline;
}

storage::Timeline timeline_of(PartialResource& partial, const lifecycle::Plan& common, base::Instant created,
                              base::Instant now) {
    const base::Instant changed = moment_or(partial, "lastUpdatedDateTime", created);
    if (!partial.kind.has_status()) {
        return {.begins = created, .changed = changed, .origin = std::string(lifecycle::cause_fixture)};
    }
    if (partial.timeline) return given_timeline(partial, now);
    const std::string_view status = status_of(partial);
    const bool is_in_progress = !lifecycle::is_terminal(status);
    lifecycle::Plan plan = common;
    if (!is_in_progress) {
        plan.fails = false;
        plan.failure_reason.clear();
    }
    plan = partial.change.applied_to(std::move(plan));
    if (partial.change.fails && !is_in_progress) {
        partial.refuse("status", "a status in progress, or none, beside an outcome in _local");
    }
    if (const std::string* const reason = partial.text("failureReason")) {
        if (!status.ends_with("FAILED") && !(is_in_progress && plan.fails)) {
            partial.refuse("failureReason", "no failureReason where the status is not " +
                                                std::string(partial.kind.transitions.front().failure));
        }
        plan.failure_reason = *reason;
    }
    if (is_in_progress) plan = lifecycle::with_drawn_ranges(std::move(plan), partial.kind.name, partial.arn);
    storage::Timeline timeline = lifecycle::continuation(status, plan, changed, now, partial.kind.transitions);
    timeline.origin = lifecycle::cause_fixture;
    return timeline;
}

std::vector<storage::Reference> references_of(PartialResource& partial) {
    std::vector<storage::Reference> references;
    for (const resources::ReferenceMember& member : partial.kind.references) {
        const std::string* const text = partial.text(member.member);
        if (text == nullptr) continue;
        const Kind& kind = resources::kind_named(member.kind);
        const std::optional<resources::Arn> arn = resources::parse_arn(*text);
        const bool is_of_kind = arn && resources::is_arn_of(kind, *arn);
        if (!is_of_kind || !has_owner(kind, *arn)) {
            std::string expected = "the ARN of a " + std::string(kind.words);
            partial.refuse(member.member, is_of_kind ? expected.append(of_an_account) : expected);
        } else if (std::ranges::find(references, *text, &storage::Reference::arn) == references.end()) {
            references.push_back({*text, false});
        }
    }
    const std::string parent = resources::parent_in(partial.kind, partial.members);
    if (!parent.empty() && std::ranges::find(references, parent, &storage::Reference::arn) == references.end()) {
        references.push_back({parent, false});
    }
    return references;
}

/// Adds what the running update names, and the references that do not exist.
void complete_references(Fixture& fixture, PartialResource& partial, base::Instant now) {
    for (std::string& arn : named_in_running_update(partial.kind, fixture.record, now)) {
        const bool is_new =
            std::ranges::find(fixture.references, arn, &storage::Reference::arn) == fixture.references.end();
        if (is_new) fixture.references.push_back({std::move(arn), false});
    }
    if (!partial.absent) return;
    std::vector<Problem> problems;
    fixture.absent = read_absent(*partial.absent, fixture.references, problems);
    partial.add_below("/_local/" + std::string(absent_member), std::move(problems));
}

void take_rows(Fixture& fixture, PartialResource& partial) {
    for (const auto& [member, value] : {std::pair("file", &partial.rows_file), std::pair("rows", &partial.rows)}) {
        if (!*value) continue;
        std::vector<Problem> problems;
        RowsInput input{.place = fixture.place.below("_local").below(member), .dataset = partial.arn};
        take_rows_input(input, member, **value, problems);
        if (problems.empty()) fixture.rows.push_back(std::move(input));
        partial.add_below("/_local/" + std::string(member), std::move(problems));
    }
    std::vector<Problem> problems;
    if (partial.batches) {
        const Location place = fixture.place.below("_local").below(batches_member);
        for (RowsInput& input : read_batches(place, partial.arn, *partial.batches, fixture.now, problems)) {
            fixture.rows.push_back(std::move(input));
        }
        partial.add_below("/_local/" + std::string(batches_member), std::exchange(problems, {}));
    }
    if (partial.revision) fixture.revision = read_revision(*partial.revision, problems);
    partial.add_below("/_local/" + std::string(revision_member), std::move(problems));
}

/// Fills in a record from a resource without problems.
void complete_record(storage::Record& record, PartialResource& partial, const lifecycle::Plan& plan,
                     base::Instant now) {
    record.kind = partial.kind.name;
    record.arn = partial.arn;
    record.name = *partial.text(partial.kind.name_member);
    record.parent = resources::parent_in(partial.kind, partial.members);
    if (partial.kind.update) {
        const lifecycle::Plan own = partial.change.applied_to(plan);
        take_update(partial, record, lifecycle::with_drawn_ranges(own, partial.kind.name, partial.arn), now);
    }
    if (partial.hidden) partial.members[std::string(partial.kind.hidden->member)] = *std::move(partial.hidden);
    record.document = resources::document_of(partial.kind, std::move(partial.members));
}

void note_doubt(Fixture& fixture, const std::string& refusal) {
    if (!refusal.empty()) fixture.doubt = doubt_line(fixture.place.text(), refusal);
}

}  // namespace

std::optional<Fixture> read_resource(Location place, const Kind& kind, Json json, const lifecycle::PlanOverrides& plans,
                                     const NowOf& now_of, std::vector<FixtureProblem>& problems) {
    if (!json.is_object()) {
        problems.push_back({std::move(place), "an object", base::excerpt(json)});
        return std::nullopt;
    }
    PartialResource partial{.kind = kind, .members = std::move(json), .change = {}};
    take_local(partial);
    const model::Shape& shape = *model::personalize().shape(kind.shape);
    check_shape(shape, partial.members, partial.problems);
    const std::optional<resources::Arn> arn = take_arn(partial);
    if (arn) complete_from_arn(partial, *arn);
    const std::string account(arn ? arn->account : "");
    const base::Instant now = now_of(account);
    Fixture fixture{.place = std::move(place),
                    .record = {},
                    .now = now,
                    .references = references_of(partial),
                    .tags = std::move(partial.tags),
                    .absent = {}};
    lifecycle::Plan plan = plans.plan_for(account, kind.name);
    if (kind.is_trained) plan.does_work = false;  // it trains when it is asked
    fixture.record.created = moment_or(partial, "creationDateTime", now);
    fixture.record.timeline = timeline_of(partial, plan, fixture.record.created, now);
    partial.members = base::without_nulls(std::move(partial.members));
    fixture.record.due = take_next_training(partial, plan.seed, fixture.record.created, now);
    if (arn) take_rows(fixture, partial);
    fixture.trained = take_trained(partial, now);
    if (arn && partial.problems.empty()) {
        const auto doubt = operations::hooks().of(kind.name).doubt;
        if (doubt != nullptr) note_doubt(fixture, doubt(partial.members));
        fixture.record.owner = arn->owner();
        complete_record(fixture.record, partial, plan, now);
        complete_references(fixture, partial, now);
    }
    if (partial.problems.empty()) return fixture;
    add_problems(problems, fixture.place, std::move(partial.problems));
    return std::nullopt;
}

}  // namespace plocal::snapshot
