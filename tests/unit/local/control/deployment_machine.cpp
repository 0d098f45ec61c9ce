#include "tests/unit/local/control/deployment_machine.h"

#include <algorithm>
#include <utility>

#include "server/base/text.h"
#include "tests/support/world.h"

namespace plocal::deployment {

namespace {

constexpr const char* not_found = "ResourceNotFoundException";
constexpr const char* in_use = "ResourceInUseException";
constexpr const char* invalid = "InvalidInputException";
constexpr const char* already_exists = "ResourceAlreadyExistsException";

constexpr Transition creating{"CREATE PENDING", "CREATE IN_PROGRESS", "ACTIVE", "CREATE FAILED"};
constexpr Transition batching{"PENDING", "IN PROGRESS", "ACTIVE", "CREATE FAILED"};
constexpr Transition deleting_data{"PENDING", "IN_PROGRESS", "COMPLETED", "FAILED"};
constexpr Transition updating{"UPDATE PENDING", "UPDATE IN_PROGRESS", "ACTIVE", "UPDATE FAILED"};
constexpr Transition deleting{"DELETE PENDING", "DELETE IN_PROGRESS", "DELETED", ""};
constexpr Transition deleting_group{"DELETE PENDING", "", "DELETED", ""};
constexpr Transition stopping{"STOP PENDING", "STOP IN_PROGRESS", "INACTIVE", ""};
constexpr Transition starting{"START PENDING", "START IN_PROGRESS", "ACTIVE", ""};
constexpr Transition stopping_creation{"", "CREATE STOPPING", "CREATE STOPPED", ""};
constexpr Transition stopping_pending_creation{"", "", "CREATE STOPPED", ""};

std::string last_part(const std::string& arn) {
    return arn.substr(arn.rfind('/') + 1);
}

/// The ARN of a group's dataset of interactions.
std::string interactions_of(const std::string& group) {
    return support::arn("dataset/" + last_part(group) + "/INTERACTIONS");
}

bool is_for_segments(const Json& members) {
    return last_part(members["recipeArn"]) == "aws-item-affinity";
}

std::vector<std::string> statuses_from(const Transition& transition, std::string_view status, bool fails) {
    std::vector<std::string> statuses;
    for (const std::string_view each : {transition.pending, transition.in_progress}) {
        if (!each.empty()) statuses.emplace_back(each);
    }
    statuses.emplace_back(fails && !transition.failure.empty() ? transition.failure : transition.success);
    const auto first = std::ranges::find(statuses, status);
    if (first == statuses.end()) return {std::string(status)};
    return {first, statuses.end()};
}

/// Returns true for the only kind whose status shows an update.
bool shows_updates(const Kind& kind) {
    return kind.name == "dataset";
}

bool has_failure_reason(const Kind& kind) {
    return kind.name != "dataset" && kind.name != "eventTracker" && kind.name != "solution";
}

std::string creation_status(const std::string& status) {
    return status.starts_with("UPDATE") ? "CREATE" + status.substr(6) : status;
}

/// The ARN of the resource whose deletion also deletes this one; empty for most kinds.
std::string owner_of(const Resource& resource) {
    const std::string& kind = resource.kind->name;
    if (kind == "solutionVersion") return resource.members["solutionArn"];
    if (kind.starts_with("batch")) return resource.members["solutionVersionArn"];
    if (kind == "datasetImportJob" || kind == "datasetExportJob") return resource.members["datasetArn"];
    if (kind == "dataDeletionJob") return resource.members["datasetGroupArn"];
    return kind == "filter" || kind == "metricAttribution" ? resource.members["datasetGroupArn"].get<std::string>()
                                                           : "";
}

/// Adds the name of a metric. Returns false if the names contain it.
bool add_name(std::vector<std::string>& names, const Json& metric) {
    const std::string name = metric["metricName"];
    if (std::ranges::find(names, name) != names.end()) return false;
    names.push_back(name);
    return true;
}

double seconds(Ms moment) {
    return static_cast<double>(moment) / 1000;
}

}  // namespace

std::string Kind::noun() const {
    return base::with_capital(name);
}

std::span<const Kind> kinds() {
    static const std::vector<Kind> table = {
        {"schema", "schema", "", nullptr, nullptr, "", false},
        {"datasetGroup", "dataset-group", "", &creating, &deleting_group},
        {"dataset", "dataset", "datasetGroupArn", &creating, &deleting},
        {"datasetImportJob", "dataset-import-job", "datasetArn", &creating, nullptr},
        {"datasetExportJob", "dataset-export-job", "datasetArn", &creating, nullptr},
        {"eventTracker", "event-tracker", "datasetGroupArn", &creating, &deleting},
        {"metricAttribution", "metric-attribution", "datasetGroupArn", &creating, &deleting, "", false},
        {"solution", "solution", "datasetGroupArn", &creating, &deleting},
        {"solutionVersion", "solution", "solutionArn", &creating, nullptr, "trainingHours"},
        {"recommender", "recommender", "datasetGroupArn", &creating, &deleting, "modelMetrics"},
        {"campaign", "campaign", "solutionArn", &creating, &deleting},
        {"filter", "filter", "datasetGroupArn", &creating, &deleting},
        {"batchInferenceJob", "batch-inference-job", "solutionVersionArn", &batching, nullptr},
        {"batchSegmentJob", "batch-segment-job", "solutionVersionArn", &batching, nullptr},
        {"dataDeletionJob", "data-deletion-job", "datasetGroupArn", &deleting_data, nullptr, "numDeleted"}};
    return table;
}

const Kind& kind_named(std::string_view name) {
    return *std::ranges::find(kinds(), name, &Kind::name);
}

std::string solution_of(const std::string& version) {
    return version.substr(0, version.rfind('/'));
}

std::string Resource::status() const {
    if (past.empty()) return {};
    const std::string& present = past.back().status;
    if (!present.starts_with("UPDATE")) return present;
    return shows_updates(*kind) && present != updating.failure ? present : before_update;
}

Resource* Machine::find(const std::string& arn) {
    const auto found = std::ranges::find(resources_, arn, &Resource::arn);
    return found == resources_.end() ? nullptr : &*found;
}

// ---- refusals

/// The error if an input names this resource; empty if that is allowed.
std::string Machine::refused_reference(const std::string& arn, std::string_view kind) const {
    const Resource* const resource = find(arn);
    if (resource == nullptr || resource->kind->name != kind) return not_found;
    const Resource* const owner = owner_of(*resource).empty() ? nullptr : find(owner_of(*resource));
    if (owner != nullptr && owner->status().starts_with("DELETE")) return in_use;
    if (resource->past.empty() || resource->status() == "ACTIVE") return {};
    return resource->is_in_progress() ? in_use : invalid;
}

/// The error if a model is trained in this group; empty if that is allowed. All recipes of the walks need an active
/// dataset of interactions with a finished import or with an event tracker.
std::string Machine::refused_training(const std::string& group) const {
    const std::string dataset = interactions_of(group);
    const std::string why = refused_reference(dataset, "dataset");
    if (!why.empty()) return why == not_found ? invalid : why;
    bool is_importing = false;
    bool has_tracker = false;
    for (const Resource& each : resources_) {
        if (each.kind->name == "eventTracker") has_tracker = has_tracker || each.members["datasetGroupArn"] == group;
        if (each.kind->name != "datasetImportJob" || each.members["datasetArn"] != dataset) continue;
        if (each.created < find(dataset)->created) continue;  // the import of an earlier dataset with this ARN
        if (each.status() == "ACTIVE") return {};
        is_importing = is_importing || each.is_in_progress();
    }
    if (is_importing) return in_use;
    return has_tracker ? "" : invalid;
}

std::string Machine::refused_dataset(const Json& input) const {
    if (std::string why = refused_reference(input["datasetGroupArn"], "datasetGroup"); !why.empty()) return why;
    if (std::string why = refused_reference(input["schemaArn"], "schema"); !why.empty()) return why;
    const Json& schema = find(input["schemaArn"])->members;
    const Json& group = find(input["datasetGroupArn"])->members;
    const bool fits = schema.value("domain", "") == group.value("domain", "") &&
                      schema["schema"].get<std::string>().find(input["datasetType"] == "Items" ? "Items" : "Inter") !=
                          std::string::npos;
    return fits ? "" : invalid;
}

std::string Machine::refused_one_a_group(const Kind& kind, const Json& input) const {
    if (std::string why = refused_reference(input["datasetGroupArn"], "datasetGroup"); !why.empty()) return why;
    if (!listed(kind, input["datasetGroupArn"]).empty()) return already_exists;
    std::vector<std::string> names;
    for (const Json& metric : input.value("metrics", Json::array())) {
        if (!add_name(names, metric)) return invalid;
    }
    return {};
}

std::string Machine::refused_solution(const Json& input) const {
    if (std::string why = refused_reference(input["datasetGroupArn"], "datasetGroup"); !why.empty()) return why;
    return last_part(input["recipeArn"]).starts_with("aws-ecomm") ? invalid : "";
}

std::string Machine::refused_recommender(const Json& input) const {
    if (std::string why = refused_reference(input["datasetGroupArn"], "datasetGroup"); !why.empty()) return why;
    const std::string domain = find(input["datasetGroupArn"])->members.value("domain", "");
    if (domain.empty() || !last_part(input["recipeArn"]).starts_with("aws-ecomm")) return invalid;
    return refused_training(input["datasetGroupArn"]);
}

std::string Machine::refused_batch_job(const Kind& kind, const Json& input) const {
    if (std::string why = refused_reference(input["solutionVersionArn"], "solutionVersion"); !why.empty()) return why;
    const Json& version = find(input["solutionVersionArn"])->members;
    if (is_for_segments(version) != (kind.name == "batchSegmentJob")) return invalid;
    if (!input.contains("filterArn")) return {};
    if (std::string why = refused_reference(input["filterArn"], "filter"); !why.empty()) return why;
    // The filters of the walks return items, not users.
    const bool is_of_group = find(input["filterArn"])->members["datasetGroupArn"] == version["datasetGroupArn"];
    return is_of_group && kind.name == "batchInferenceJob" ? "" : invalid;
}

/// The ARN itself, or for `SOLUTION/$LATEST` the newest active version of the solution. Empty if there is none.
std::string Machine::resolved_version(const std::string& version) const {
    if (last_part(version) != "$LATEST") return version;
    for (const Resource* const each : listed(kind_named("solutionVersion"), solution_of(version))) {
        if (each->status() == "ACTIVE") return each->arn;
    }
    return {};
}

std::string Machine::refused_campaign_version(const Json& input) const {
    if (!input.contains("solutionVersionArn")) return {};
    const std::string version = resolved_version(input["solutionVersionArn"]);
    if (version.empty()) return find(solution_of(input["solutionVersionArn"])) == nullptr ? not_found : invalid;
    if (std::string why = refused_reference(version, "solutionVersion"); !why.empty()) return why;
    return is_for_segments(find(version)->members) ? invalid : "";
}

std::string Machine::refusal(const Kind& kind, const Json& input) const {
    if (kind.name == "schema" || kind.name == "datasetGroup") return {};
    if (kind.name == "dataset") return refused_dataset(input);
    if (kind.name == "datasetImportJob" || kind.name == "datasetExportJob")
        return refused_reference(input["datasetArn"], "dataset");
    if (kind.name == "eventTracker" || kind.name == "metricAttribution") return refused_one_a_group(kind, input);
    if (kind.name == "solution") return refused_solution(input);
    if (kind.name == "recommender") return refused_recommender(input);
    if (kind.name == "campaign") return refused_campaign_version(input);
    if (kind.name.starts_with("batch")) return refused_batch_job(kind, input);
    if (kind.name == "solutionVersion") {
        const std::string why = refused_reference(input["solutionArn"], "solution");
        return why.empty() ? refused_training(find(input["solutionArn"])->members["datasetGroupArn"]) : why;
    }
    const std::string why = refused_reference(input["datasetGroupArn"], "datasetGroup");
    if (kind.name != "filter") return why;
    // CreateFilter does not declare ResourceInUseException. The filters of the walks read interactions.
    if (why == in_use) return invalid;
    const std::string dataset = interactions_of(input["datasetGroupArn"]);
    return why.empty() && find(dataset) == nullptr ? invalid : why;
}

// ---- creation

std::string Machine::arn_of(const Kind& kind, const Json& input) const {
    if (kind.name == "eventTracker") return {};
    if (kind.name == "solutionVersion") {
        return input.contains("name") ? input["solutionArn"].get<std::string>() + "/" + input["name"].get<std::string>()
                                      : "";
    }
    if (kind.name == "dataset") {
        const char* const type = input["datasetType"] == "Items" ? "/ITEMS" : "/INTERACTIONS";
        return support::arn("dataset/" + last_part(input["datasetGroupArn"]) + type);
    }
    return support::arn(kind.type + "/" + input[kind.name_member()].get<std::string>());
}

Json Machine::members_of(const Kind& kind, const Json& input) const {
    Json members = input;
    members.erase("tags");
    members.erase("metrics");
    if (kind.name == "dataset") members["datasetType"] = input["datasetType"] == "Items" ? "ITEMS" : "INTERACTIONS";
    if (kind.name == "datasetImportJob") members["importMode"] = "FULL";
    if (kind.name == "datasetExportJob") members["ingestionMode"] = "PUT";
    if (kind.name == "solution") members.update({{"performHPO", false}, {"performAutoML", false}});
    if (kind.name == "solution" && last_part(input["recipeArn"]) == "aws-user-personalization") {
        members.emplace("solutionConfig", Json::object());  // seen with this recipe only
    }
    if (kind.name == "solutionVersion") {
        const Json& solution = find(input["solutionArn"])->members;
        for (const char* const each : {"datasetGroupArn", "recipeArn", "performHPO", "performAutoML", "solutionConfig"})
            if (solution.contains(each)) members[each] = solution[each];
        members.update({{"trainingMode", "FULL"}, {"trainingType", "MANUAL"}});
    }
    if (kind.name == "recommender") members["recommenderConfig"]["minRecommendationRequestsPerSecond"] = 1;
    if (kind.name == "campaign") {
        members["solutionVersionArn"] = resolved_version(input["solutionVersionArn"]);
        members["minProvisionedTPS"] = input.value("minProvisionedTPS", 1);
        members["campaignConfig"] = input.value("campaignConfig", Json::object());
    }
    if (kind.name.starts_with("batch")) members["numResults"] = 25;
    if (kind.name == "batchInferenceJob") members["batchInferenceJobMode"] = "BATCH_INFERENCE";
    return members;
}

std::string Machine::create(const Kind& kind, const Json& input) {
    if (std::string why = refusal(kind, input); !why.empty()) return why;
    const std::string arn = arn_of(kind, input);
    if (!arn.empty() && find(arn) != nullptr) return already_exists;
    Resource resource{.kind = &kind, .arn = arn, .created = now_, .changed = now_, .members = members_of(kind, input)};
    resource.members[kind.arn_member()] = arn;
    for (const Json& tag : input.value("tags", Json::array())) resource.tags[tag["tagKey"]] = tag["tagValue"];
    for (const Json& metric : input.value("metrics", Json::array())) resource.metrics.push_back(metric["metricName"]);
    if (kind.creation != nullptr) start_transition(resource, *kind.creation, plan_for(kind.name, true));
    run_due(resource);
    resources_.push_back(std::move(resource));
    return {};
}

// ---- updates, stops and starts

std::string Machine::update_metrics(Resource& resource, const Json& input) const {
    std::vector<std::string> metrics = resource.metrics;
    for (const Json& name : input.value("removeMetrics", Json::array())) {
        if (std::erase(metrics, name.get<std::string>()) == 0) return invalid;
    }
    for (const Json& metric : input.value("addMetrics", Json::array())) {
        if (!add_name(metrics, metric)) return invalid;
    }
    resource.metrics = metrics;
    resource.changed = now_;
    resource.past.back().at = now_;
    return {};
}

std::string Machine::refused_update(const Resource& resource, const Json& input) const {
    if (resource.is_in_progress()) return in_use;
    const bool may_have_failed = resource.kind->name == "campaign" && resource.status() == "CREATE FAILED";
    if (resource.status() != "ACTIVE" && !may_have_failed) return invalid;
    if (resource.kind->name == "campaign") return refused_campaign_version(input);
    if (resource.kind->name != "dataset") return {};
    if (std::string why = refused_reference(input["schemaArn"], "schema"); !why.empty()) return why;
    if (resource.members["datasetType"] != "ITEMS") return invalid;
    const std::string schema = find(input["schemaArn"])->members["schema"];
    return schema.find("Items") == std::string::npos ? invalid : "";
}

Json Machine::change_of(const Resource& resource, const Json& input) const {
    Json change = input;
    change.erase(resource.kind->arn_member());
    if (resource.kind->name != "campaign") return change;
    for (const char* const each : {"solutionVersionArn", "minProvisionedTPS", "campaignConfig"}) {
        if (!change.contains(each)) change[each] = resource.members[each];
    }
    if (!input.contains("solutionVersionArn")) change["solutionVersionArn"] = version_of(resource);
    change["solutionVersionArn"] = resolved_version(change["solutionVersionArn"]);
    return change;
}

std::string Machine::update(const Kind& kind, const Json& input) {
    Resource* const resource = find(input[kind.arn_member()]);
    if (resource == nullptr) return not_found;
    if (std::string why = refused_update(*resource, input); !why.empty()) return why;
    if (kind.name == "metricAttribution") return update_metrics(*resource, input);
    resource->before_update = resource->status();
    resource->update = Update{.change = change_of(*resource, input), .status = {}, .failure_reason = {}, .began = now_};
    start_transition(*resource, updating, plan_for(kind.name, false));
    run_due(*resource);
    return {};
}

std::string Machine::stop(const std::string& recommender) {
    Resource* const resource = find(recommender);
    if (resource == nullptr) return not_found;
    if (resource->is_in_progress()) return in_use;
    if (resource->status() != "ACTIVE") return invalid;
    start_transition(*resource, stopping, plan_for("recommender", false));
    run_due(*resource);
    return {};
}

std::string Machine::start(const std::string& recommender) {
    Resource* const resource = find(recommender);
    if (resource == nullptr) return not_found;
    if (resource->is_in_progress()) return in_use;
    if (resource->status() != stopping.success) return invalid;
    start_transition(*resource, starting, plan_for("recommender", false));
    run_due(*resource);
    return {};
}

std::string Machine::stop_training(const std::string& version) {
    Resource* const resource = find(version);
    if (resource == nullptr) return not_found;
    if (resource->status() == creating.pending) {
        start_transition(*resource, stopping_pending_creation, plan_for("solutionVersion", false));
    } else if (resource->status() == creating.in_progress) {
        start_transition(*resource, stopping_creation, plan_for("solutionVersion", false));
    } else {
        return invalid;
    }
    run_due(*resource);
    return {};
}

// ---- deletion

/// Returns true if `resource` cannot be deleted because of `other`.
/// https://docs.aws.amazon.com/personalize/latest/dg/gs-cleanup.html
bool Machine::blocks(const Resource& other, const Resource& resource) const {
    const std::string& kind = other.kind->name;
    const auto names = [&](const char* member, const std::string& arn) {
        if (other.members.value(member, "") == arn) return true;
        const bool is_pending = other.update && other.transition == &updating && other.is_in_progress();
        return is_pending && other.update->change.value(member, "") == arn;
    };
    if (resource.kind->name == "schema") return kind == "dataset" && names("schemaArn", resource.arn);
    if (resource.kind->name == "datasetGroup") {
        const bool is_content =
            kind == "eventTracker" || kind == "solution" || kind == "recommender" || kind == "dataset";
        return is_content && names("datasetGroupArn", resource.arn);
    }
    if (resource.kind->name == "dataset") return blocks_dataset(other, resource);
    if (resource.kind->name != "solution") return false;
    if (kind == "solutionVersion") return other.is_in_progress() && names("solutionArn", resource.arn);
    const std::vector<std::string> solutions = solutions_of(other);
    if (std::ranges::find(solutions, resource.arn) == solutions.end()) return false;
    return kind == "campaign" || other.is_in_progress();
}

/// https://docs.aws.amazon.com/personalize/latest/dg/delete-dataset.html
bool Machine::blocks_dataset(const Resource& other, const Resource& dataset) const {
    const std::string& kind = other.kind->name;
    if (kind == "datasetImportJob" || kind == "datasetExportJob")
        return other.is_in_progress() && other.members["datasetArn"] == dataset.arn;
    const std::string group = dataset.members["datasetGroupArn"];
    const bool is_of_group = other.members.value("datasetGroupArn", "") == group;
    if (kind == "filter") return is_of_group;
    // The metrics of the walks count interactions.
    if (kind == "eventTracker" || kind == "metricAttribution")
        return is_of_group && dataset.arn == interactions_of(group);
    if (kind == "solutionVersion" || kind == "recommender") return is_of_group && other.is_in_progress();
    const bool counts = kind == "campaign" ? other.status() != creating.failure : other.is_in_progress();
    return counts && std::ranges::any_of(solutions_of(other), [&](const std::string& arn) {
               const Resource* const solution = find(arn);
               return solution != nullptr && solution->members["datasetGroupArn"] == group;
           });
}

/// The solutions that a campaign or a batch job uses: for a campaign in an update those before and after it.
std::vector<std::string> Machine::solutions_of(const Resource& resource) const {
    const std::string& kind = resource.kind->name;
    if (kind != "campaign" && !kind.starts_with("batch")) return {};
    std::vector<std::string> solutions = {solution_of(resource.members["solutionVersionArn"])};
    const bool is_pending = resource.update && resource.transition == &updating && resource.is_in_progress();
    if (is_pending) solutions.push_back(solution_of(resource.update->change["solutionVersionArn"]));
    return solutions;
}

std::string Machine::remove(const Kind& kind, const std::string& arn) {
    Resource* const resource = find(arn);
    if (resource == nullptr) return not_found;
    if (resource->is_in_progress()) return in_use;
    for (const Resource& other : resources_) {
        if (blocks(other, *resource)) return in_use;
    }
    if (kind.deletion == nullptr) {
        std::erase_if(resources_, [&arn](const Resource& each) { return each.arn == arn; });
        return {};
    }
    start_transition(*resource, *kind.deletion, plan_for(kind.name, false));
    run_due(*resource);
    remove_deleted();
    return {};
}

/// Removes the deleted resources, and those that are deleted with them.
void Machine::remove_deleted() {
    std::vector<std::string> deleted;
    for (const Resource& each : resources_) {
        if (each.status() == deleting.success) deleted.push_back(each.arn);
    }
    for (std::size_t i = 0; i < deleted.size(); ++i) {
        for (const Resource& each : resources_) {
            if (owner_of(each) == deleted[i]) deleted.push_back(each.arn);
        }
    }
    std::erase_if(resources_,
                  [&deleted](const Resource& each) { return std::ranges::find(deleted, each.arn) != deleted.end(); });
}

std::string Machine::taggable(const Kind& kind, const std::string& arn) const {
    const Resource* const resource = find(arn);
    if (resource == nullptr) return not_found;
    if (!kind.takes_tags) return invalid;
    return resource->status().starts_with("DELETE") ? in_use : "";
}

// ---- what Describe and List show

/// The version that a campaign deploys. A campaign that follows its solution deploys the newest active version.
std::string Machine::version_of(const Resource& campaign) const {
    std::string version = campaign.members["solutionVersionArn"];
    if (!campaign.members["campaignConfig"].value("syncWithLatestSolutionVersion", false)) return version;
    const std::string newest = resolved_version(solution_of(version) + "/$LATEST");
    return newest.empty() ? version : newest;
}

Json Machine::described(const Resource& resource) const {
    Json shown = resource.members;
    shown["creationDateTime"] = seconds(resource.created);
    shown["lastUpdatedDateTime"] = seconds(resource.changed);
    if (resource.past.empty()) return shown;
    shown["status"] = resource.status();
    if (resource.status().ends_with("FAILED") && has_failure_reason(*resource.kind))
        shown["failureReason"] = resource.failure_reason;
    if (!resource.kind->shown_once_created.empty() && resource.is_created)
        shown[resource.kind->shown_once_created] = true;
    if (resource.update) {
        Json update = resource.update->change;
        update["status"] = resource.update->status;
        if (!resource.update->failure_reason.empty()) update["failureReason"] = resource.update->failure_reason;
        update["creationDateTime"] = seconds(resource.update->began);
        update["lastUpdatedDateTime"] = seconds(resource.update->changed);
        shown[resource.kind->update_member()] = std::move(update);
    }
    if (resource.kind->name == "campaign") shown["solutionVersionArn"] = version_of(resource);
    if (resource.kind->name != "solution") return shown;
    const auto versions = listed(kind_named("solutionVersion"), resource.arn);
    if (versions.empty()) return shown;
    const Json latest = described(*versions.front());
    for (const char* const each : {"solutionVersionArn", "status", "trainingMode", "trainingType", "creationDateTime",
                                   "lastUpdatedDateTime", "failureReason"}) {
        if (latest.contains(each)) shown["latestSolutionVersion"][each] = latest[each];
    }
    return shown;
}

void Machine::count_poll(Resource& resource) {
    const bool counts = resource.plan.progression == Progression::calls && resource.is_in_progress() &&
                        resource.transition != resource.kind->deletion;
    if (counts && ++resource.polls >= resource.plan.calls) move(resource, now_);
}

std::vector<const Resource*> Machine::listed(const Kind& kind, const std::string& parent) const {
    std::vector<const Resource*> list;
    for (auto each = resources_.rbegin(); each != resources_.rend(); ++each) {
        if (each->kind != &kind) continue;
        const std::string named = kind.name == "campaign" ? solution_of(each->members["solutionVersionArn"])
                                  : kind.parent.empty()   ? ""
                                                          : each->members[kind.parent].get<std::string>();
        if (parent.empty() || named == parent) list.push_back(&*each);
    }
    return list;
}

// ---- time and forced transitions

Plan Machine::plan_for(const std::string& kind, bool is_creation) const {
    if (const auto own = plans.find(kind); own != plans.end()) return own->second;
    const auto common = plans.find("default");
    Plan plan = common == plans.end() ? Plan() : common->second;
    if (is_creation && kind == "solution") plan.progression = Progression::immediate;
    return plan;
}

void Machine::start_transition(Resource& resource, const Transition& transition, const Plan& plan) {
    const std::string_view first = !transition.pending.empty()      ? transition.pending
                                   : transition.in_progress.empty() ? transition.success
                                                                    : transition.in_progress;
    resource.ahead = statuses_from(transition, first, plan.fails);
    resource.transition = &transition;
    resource.plan = plan;
    if (transition.success == deleting.success && plan.progression == Progression::calls)
        resource.plan.progression = Progression::time;
    move(resource, now_);
}

void Machine::move(Resource& resource, Ms at) {
    const std::string status = resource.ahead.front();
    resource.ahead.erase(resource.ahead.begin());
    resource.past.push_back({status, at});
    resource.polls = 0;
    const bool is_update = resource.transition == &updating;
    resource.changed = is_update && !shows_updates(*resource.kind) ? resource.update->began : at;
    if (resource.transition == resource.kind->creation) {
        resource.is_created = status == resource.transition->success;
        if (status == resource.transition->failure) resource.failure_reason = resource.plan.failure_reason;
    }
    if (!is_update) return;
    resource.update->status = creation_status(status);
    resource.update->changed = at;
    if (status == updating.failure) resource.update->failure_reason = resource.plan.failure_reason;
    if (status != updating.success) return;
    for (const auto& [name, value] : resource.update->change.items()) {
        if (name == "solutionUpdateConfig") {
            resource.members["solutionConfig"].update(value);
        } else {
            resource.members[name] = value;
        }
    }
}

std::optional<Ms> Machine::due(const Resource& resource) const {
    if (!resource.is_in_progress()) return std::nullopt;
    if (resource.plan.progression == Progression::immediate) return resource.past.back().at;
    if (resource.plan.progression != Progression::time) return std::nullopt;
    return resource.past.back().at +
           (resource.past.back().status.ends_with("PENDING") ? resource.plan.pending : resource.plan.in_progress);
}

void Machine::run_due(Resource& resource) {
    for (auto moment = due(resource); moment && *moment <= now_; moment = due(resource)) move(resource, *moment);
}

void Machine::advance(Ms by) {
    now_ += by;
    for (Resource& resource : resources_) run_due(resource);
    remove_deleted();
}

void Machine::advance_until_idle() {
    for (;;) {
        std::optional<Ms> next;
        for (const Resource& resource : resources_) {
            if (const auto moment = due(resource); moment && (!next || *moment < *next)) next = moment;
        }
        if (!next) return;
        advance(*next - now_);
    }
}

bool Machine::transition(const std::string& arn, const std::string& to, bool is_forced) {
    Resource& resource = *find(arn);
    if (!resource.is_in_progress() && (!is_forced || to.empty())) return false;
    if (!to.empty()) {
        const auto target = std::ranges::find(resource.ahead, to);
        if (target != resource.ahead.end()) {
            resource.ahead.erase(resource.ahead.begin(), target);
        } else {
            if (!resource.is_in_progress()) resource.transition = resource.kind->creation;
            const Plan plan = plan_for(resource.kind->name, false);
            resource.plan = plan;
            if (resource.transition == resource.kind->deletion && plan.progression == Progression::calls)
                resource.plan.progression = Progression::time;
            resource.ahead = statuses_from(*resource.transition, to, plan.fails);
        }
        if (to.ends_with("FAILED")) resource.plan.failure_reason = "by command";
    }
    move(resource, now_);
    run_due(resource);
    remove_deleted();
    return true;
}

}  // namespace plocal::deployment
