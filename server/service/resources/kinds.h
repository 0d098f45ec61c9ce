// The table of resource kinds: what the families of operations share is told here as data. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/service/lifecycle/plan.h"
#include "server/service/lifecycle/transition.h"
#include "server/service/resources/arn.h"

namespace plocal::resources {

/// What a resource that another one names must be by then.
enum class Need { active, there };

/// A member of a kind's document that names another resource.
struct ReferenceMember {
    std::string_view member;          // "solutionVersionArn"
    std::string_view kind;            // "solutionVersion"
    bool is_parent = false;           // its List can be narrowed to it
    bool is_child_of_parent = false;  // the parent is the one that this one's ARN begins with
    Need need = Need::active;
};

/// What keeps a resource from being deleted: others of this kind that name it.
struct Blocker {
    std::string_view kind;
    bool only_in_progress = false;  // none that has come to rest
    bool names_parent = false;      // those that name its parent
};

/// How a kind tells of its latest update.
struct UpdateMember {
    std::string_view member;            // "latestCampaignUpdate"
    std::string_view shape;             // "CampaignUpdateSummary"
    bool is_in_status = false;          // the resource's own status tells of the update too
    std::string_view merged_from = {};  // a member whose members go into those of `merged_into`
    std::string_view merged_into = {};
};

/// A member that the kind's shape does not have: kept with the document, told elsewhere.
struct HiddenMember {
    std::string_view member;
    std::string_view shape;
};

struct Kind {
    std::string_view name;         // what Describe wraps it in, and its name in fixtures: "batchInferenceJob"
    std::string_view plural;       // its name in fixtures, and its List's member but for filters: "batchInferenceJobs"
    std::string_view words;        // as messages say it: "batch inference job"
    std::string_view shape;        // its document's shape: "BatchInferenceJob"
    std::string_view summary;      // its shape in a List; empty for a kind that has no List
    std::string_view arn_type;     // "batch-inference-job"
    std::string_view arn_member;   // "batchInferenceJobArn"
    std::string_view name_member;  // "jobName"
    lifecycle::Transitions transitions = lifecycle::create_only;  // empty for a kind that has no status
    std::span<const ReferenceMember> references = {};
    std::span<const Blocker> blockers = {};
    std::optional<UpdateMember> update = {};
    std::optional<HiddenMember> hidden = {};
    std::string_view list_member = {};      // where it is not the plural
    std::string_view id_member = {};        // what an ARN's last part tells beside the name: "datasetType"
    std::string_view shown_when_done = {};  // a member that is not told before its creation has succeeded
    bool is_missed_by_arn =
        false;                  // not found is "Resource Arn X does not exist.", as other emulators have it for schemas
    bool is_of_aws = false;     // none of a caller's own: the catalogue has them
    bool is_batch_job = false;  // AWS documents PENDING and IN PROGRESS where the service answers with CREATE before it
    bool is_born_active = false;    // its creation takes no time, but where somebody says so of its kind
    bool has_two_part_id = false;   // TYPE/PARENT/ID
    bool has_made_id = false;       // its ARN ends in an id that is made, not in its name
    bool goes_with_parent = false;  // is removed when its parent is
    bool is_one_a_parent = false;   // its parent has one of it at most

    bool has_status() const { return !transitions.empty(); }
    std::string_view member_in_list() const { return list_member.empty() ? plural : list_member; }
};

std::span<const Kind> kinds();

/// The kind of this name; must be one.
const Kind& kind_named(std::string_view name);

/// Whether an ARN is of this kind, whoever owns it and whether or not it exists.
bool is_arn_of(const Kind& kind, const Arn& arn);

/// The kind whose ARN a two-part ARN begins with, and whose children those are; "" for a kind without a parent.
std::string_view parent_kind_of(std::string_view kind);

/// What a creation of this kind is like where nobody says otherwise of the kind; null for nothing special.
const lifecycle::PlanChange* birth_of(const Kind& kind);

/// How batch jobs spell the first two statuses.
enum class StatusNames {
    documented,  // PENDING, IN PROGRESS: the API reference
    observed,    // CREATE PENDING, CREATE IN_PROGRESS: what the service really answers
};

/// The way that a status lies on before its end; null for a rest.
const lifecycle::Transition* transition_of(const Kind& kind, std::string_view status);

/// The way on which a resource of this kind goes; null where it cannot, or goes at once.
const lifecycle::Transition* deletion_transition(const Kind& kind);

/// A stored status in the spelling that is told.
std::string_view displayed_status(const Kind& kind, std::string_view stored, StatusNames names);

/// The statuses that a resource of this kind can have, in their stored form; DELETED among them where it can go.
std::vector<std::string_view> statuses_of(const Kind& kind);

/// Whether Describe ever shows this one of them: what has gone is not there, and an update that has failed shows in
/// `latest...Update` alone, as do all of an update's of a kind whose own status does not tell.
bool is_shown(const Kind& kind, std::string_view status);

/// Those that are shown, as they are documented, for a message: "PENDING, IN PROGRESS, ACTIVE or CREATE FAILED".
std::string displayed_statuses(const Kind& kind);

/// The stored form of a status in either spelling.
std::string_view stored_status(const Kind& kind, std::string_view told);

}  // namespace plocal::resources
