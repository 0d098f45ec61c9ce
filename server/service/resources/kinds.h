// The table of resource kinds: the differences between kinds that the shared operations need, as data. Pure.
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

/// What a referenced resource must be.
enum class Need { active, existing };

/// A member of a kind's document that references another resource.
struct ReferenceMember {
    std::string_view member;          // "solutionVersionArn"
    std::string_view kind;            // "solutionVersion"
    bool is_parent = false;           // the kind's List filters by it
    bool is_child_of_parent = false;  // the parent's ARN is the beginning of this member's value
    Need need = Need::active;
};

/// Which resources of a kind block a deletion.
enum class Blocks {
    all,
    not_failed,   // unless their creation has failed
    in_progress,  // until their status is terminal
    users,        // if the hook `uses` of their kind says so
};

/// A kind whose resources block the deletion of a resource that they reference.
struct Blocker {
    std::string_view kind;
    Blocks blocks = Blocks::all;
    bool references_parent = false;  // resources that reference the parent block
    std::string_view via = {};       // resources block that reference one of this kind that references it
};

/// The member in which Describe shows a kind's latest update.
struct UpdateMember {
    std::string_view member;            // "latestCampaignUpdate"
    std::string_view shape;             // "CampaignUpdateSummary"
    bool is_in_status = false;          // the resource's own status shows the update too
    std::string_view merged_from = {};  // an object in the update whose members replace those of `merged_into`
    std::string_view merged_into = {};
};

/// A member that the kind's shape does not have: stored with the document, returned by other operations.
struct HiddenMember {
    std::string_view member;
    std::string_view shape;
};

/// The part of an ARN behind its type.
enum class IdForm {
    name,
    generated,
    two_parts,  // PARENT/ID
};

struct Kind {
    std::string_view name;         // the member of Describe's output, and its name in fixtures: "batchInferenceJob"
    std::string_view plural;       // the member of List's output except filters, and in fixtures: "batchInferenceJobs"
    std::string_view words;        // its name in messages: "batch inference job"
    std::string_view shape;        // its document's shape: "BatchInferenceJob"
    std::string_view summary;      // its shape in a List; empty for a kind without a List
    std::string_view arn_type;     // "batch-inference-job"
    std::string_view arn_member;   // "batchInferenceJobArn"
    std::string_view name_member;  // "jobName"
    lifecycle::Transitions transitions = lifecycle::create_only;  // empty for a kind without a status
    std::span<const ReferenceMember> references = {};
    std::span<const Blocker> blockers = {};
    std::optional<UpdateMember> update = {};
    std::optional<HiddenMember> hidden = {};
    std::string_view list_member = {};         // the member of List's output if it is not the plural
    std::string_view id_member = {};           // the member that is the last part of the ARN: "datasetType"
    std::string_view shown_once_created = {};  // a member that is absent until the creation has succeeded
    IdForm id_form = IdForm::name;
    bool named_by_arn_if_missing = false;  // the message is "Resource Arn X does not exist.", as in other emulators
    bool owned_by_aws = false;             // the catalogue has these resources
    bool is_batch_job = false;             // documented as PENDING, IN PROGRESS; seen as CREATE PENDING, ...
    bool created_at_once = false;          // its creation takes no time, unless overridden for the kind
    bool removed_with_parent = false;
    bool one_per_parent = false;
    bool is_trained = false;  // its creation reads the rows of its dataset group

    bool has_status() const { return !transitions.empty(); }
    std::string_view member_in_list() const { return list_member.empty() ? plural : list_member; }
};

std::span<const Kind> kinds();

/// Returns the kind of this name, which must exist. Throws std::logic_error if it does not.
const Kind& kind_named(std::string_view name);

/// Returns true if the ARN has this kind's form, for any owner, whether or not the resource exists.
bool is_arn_of(const Kind& kind, const Arn& arn);

/// Returns the name of the kind's parent kind, or "" for a kind without a parent. The ARN of a resource with a two-part
/// id begins with its parent's.
std::string_view parent_kind_of(std::string_view kind);

/// Returns the change to the plan of a creation that applies unless the kind's plan is overridden. Null for none.
const lifecycle::PlanChange* default_creation_change(const Kind& kind);

/// The spelling of the first two statuses of batch jobs.
enum class StatusNames {
    documented,  // PENDING, IN PROGRESS: the API reference
    observed,    // CREATE PENDING, CREATE IN_PROGRESS: the service's real answers
};

/// Returns the transition in which this status is pending or in progress. Null for a stable status.
const lifecycle::Transition* transition_of(const Kind& kind, std::string_view status);

/// Returns the kind's deletion. Null if its resources cannot be deleted, or are deleted at once.
const lifecycle::Transition* deletion_transition(const Kind& kind);

/// Returns a stored status in the spelling that clients see.
std::string_view displayed_status(const Kind& kind, std::string_view stored, StatusNames names);

/// Returns the stored statuses that a resource of this kind can have, DELETED among them if it can be deleted.
std::vector<std::string_view> statuses_of(const Kind& kind);

/// Returns true if Describe can show this status as the resource's own. It never shows DELETED and UPDATE FAILED, and
/// shows the other statuses of an update only for a kind with `is_in_status`; `latest...Update` shows those of updates.
bool is_shown(const Kind& kind, std::string_view status);

/// Returns the shown statuses in their documented spelling: "PENDING, IN PROGRESS, ACTIVE or CREATE FAILED".
std::string displayed_statuses(const Kind& kind);

/// Returns the stored form of a status in either spelling.
std::string_view stored_status(const Kind& kind, std::string_view displayed);

}  // namespace plocal::resources
