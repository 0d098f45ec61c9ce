#include "tests/unit/local/control/deployment_machine.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "tests/support/world.h"

namespace plocal::deployment {

namespace {

constexpr const char* none = "ResourceNotFoundException";
constexpr const char* busy = "ResourceInUseException";
constexpr const char* invalid = "InvalidInputException";
constexpr const char* taken = "ResourceAlreadyExistsException";

constexpr Way creating{"CREATE PENDING", "CREATE IN_PROGRESS", "ACTIVE", "CREATE FAILED"};
constexpr Way batching{"PENDING", "IN PROGRESS", "ACTIVE", "CREATE FAILED"};
constexpr Way erasing{"PENDING", "IN_PROGRESS", "COMPLETED", "FAILED"};
constexpr Way updating{"UPDATE PENDING", "UPDATE IN_PROGRESS", "ACTIVE", "UPDATE FAILED"};
constexpr Way deleting{"DELETE PENDING", "DELETE IN_PROGRESS", "DELETED", ""};
constexpr Way deleting_group{"DELETE PENDING", "", "DELETED", ""};
constexpr Way stopping{"STOP PENDING", "STOP IN_PROGRESS", "INACTIVE", ""};
constexpr Way starting{"START PENDING", "START IN_PROGRESS", "ACTIVE", ""};
constexpr Way stopping_creation{"", "CREATE STOPPING", "CREATE STOPPED", ""};
constexpr Way given_up{"", "", "CREATE STOPPED", ""};

std::string last_part(const std::string& arn) {
    return arn.substr(arn.rfind('/') + 1);
}

bool is_for_segments(const Json& members) {
    return last_part(members["recipeArn"]) == "aws-item-affinity";
}

std::vector<std::string> statuses_from(const Way& way, std::string_view status, bool fails) {
    std::vector<std::string> statuses;
    for (const std::string_view each : {way.pending, way.in_progress}) {
        if (!each.empty()) statuses.emplace_back(each);
    }
    statuses.emplace_back(fails && !way.failure.empty() ? way.failure : way.success);
    const auto first = std::ranges::find(statuses, status);
    if (first == statuses.end()) return {std::string(status)};
    return {first, statuses.end()};
}

/// The only kind that an update can be seen on from outside.
bool shows_updates(const Kind& kind) {
    return kind.name == "dataset";
}

bool tells_reason(const Kind& kind) {
    return kind.name != "dataset" && kind.name != "eventTracker" && kind.name != "solution";
}

std::string in_words_of_creation(const std::string& status) {
    return status.starts_with("UPDATE") ? "CREATE" + status.substr(6) : status;
}

/// What takes it away when it goes itself; empty for most.
std::string goes_with(const Thing& thing) {
    const std::string& kind = thing.kind->name;
    if (kind == "solutionVersion") return thing.members["solutionArn"];
    return kind == "filter" || kind == "metricAttribution" ? thing.members["datasetGroupArn"].get<std::string>() : "";
}

/// False where there is one of that name.
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
    std::string noun = name;
    noun.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(noun.front())));
    return noun;
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
        {"dataDeletionJob", "data-deletion-job", "datasetGroupArn", &erasing, nullptr, "numDeleted"}};
    return table;
}

const Kind& kind_named(std::string_view name) {
    return *std::ranges::find(kinds(), name, &Kind::name);
}

std::string solution_of(const std::string& version) {
    return version.substr(0, version.rfind('/'));
}

std::string Thing::status() const {
    if (past.empty()) return {};
    const std::string& present = past.back().status;
    if (!present.starts_with("UPDATE")) return present;
    return shows_updates(*kind) && present != updating.failure ? present : before_update;
}

Thing* Machine::find(const std::string& arn) {
    const auto found = std::ranges::find(things_, arn, &Thing::arn);
    return found == things_.end() ? nullptr : &*found;
}

// ---- what is refused

/// Why a resource cannot be named by another one; empty where it can.
std::string Machine::unfit(const std::string& arn, std::string_view kind) const {
    const Thing* const thing = find(arn);
    if (thing == nullptr || thing->kind->name != kind) return none;
    const Thing* const owner = goes_with(*thing).empty() ? nullptr : find(goes_with(*thing));
    if (owner != nullptr && owner->status().starts_with("DELETE")) return busy;
    if (thing->past.empty() || thing->status() == "ACTIVE") return {};
    return thing->is_on_its_way() ? busy : invalid;
}

/// All recipes of the walks learn from interactions: an active dataset with an import, or with events to come.
std::string Machine::untrainable(const std::string& group) const {
    const std::string dataset = support::arn("dataset/" + last_part(group) + "/INTERACTIONS");
    const std::string why = unfit(dataset, "dataset");
    if (!why.empty()) return why == none ? invalid : why;
    bool is_awaited = false;
    bool has_tracker = false;
    for (const Thing& each : things_) {
        if (each.kind->name == "eventTracker") has_tracker = has_tracker || each.members["datasetGroupArn"] == group;
        if (each.kind->name != "datasetImportJob" || each.members["datasetArn"] != dataset) continue;
        if (each.created < find(dataset)->created) continue;  // into an earlier dataset of that name
        if (each.status() == "ACTIVE") return {};
        is_awaited = is_awaited || each.is_on_its_way();
    }
    if (is_awaited) return busy;
    return has_tracker ? "" : invalid;
}

std::string Machine::refused_dataset(const Json& input) const {
    if (std::string why = unfit(input["datasetGroupArn"], "datasetGroup"); !why.empty()) return why;
    if (std::string why = unfit(input["schemaArn"], "schema"); !why.empty()) return why;
    const Json& schema = find(input["schemaArn"])->members;
    const Json& group = find(input["datasetGroupArn"])->members;
    const bool fits = schema.value("domain", "") == group.value("domain", "") &&
                      schema["schema"].get<std::string>().find(input["datasetType"] == "Items" ? "Items" : "Inter") !=
                          std::string::npos;
    return fits ? "" : invalid;
}

std::string Machine::refused_one_a_group(const Kind& kind, const Json& input) const {
    if (std::string why = unfit(input["datasetGroupArn"], "datasetGroup"); !why.empty()) return why;
    if (!listed(kind, input["datasetGroupArn"]).empty()) return taken;
    std::vector<std::string> names;
    for (const Json& metric : input.value("metrics", Json::array())) {
        if (!add_name(names, metric)) return invalid;
    }
    return {};
}

std::string Machine::refused_solution(const Json& input) const {
    if (std::string why = unfit(input["datasetGroupArn"], "datasetGroup"); !why.empty()) return why;
    return last_part(input["recipeArn"]).starts_with("aws-ecomm") ? invalid : "";
}

std::string Machine::refused_recommender(const Json& input) const {
    if (std::string why = unfit(input["datasetGroupArn"], "datasetGroup"); !why.empty()) return why;
    const std::string domain = find(input["datasetGroupArn"])->members.value("domain", "");
    if (domain.empty() || !last_part(input["recipeArn"]).starts_with("aws-ecomm")) return invalid;
    return untrainable(input["datasetGroupArn"]);
}

std::string Machine::refused_batch_job(const Kind& kind, const Json& input) const {
    if (std::string why = unfit(input["solutionVersionArn"], "solutionVersion"); !why.empty()) return why;
    const Json& version = find(input["solutionVersionArn"])->members;
    if (is_for_segments(version) != (kind.name == "batchSegmentJob")) return invalid;
    if (!input.contains("filterArn")) return {};
    if (std::string why = unfit(input["filterArn"], "filter"); !why.empty()) return why;
    return find(input["filterArn"])->members["datasetGroupArn"] == version["datasetGroupArn"] ? "" : invalid;
}

/// The version that is meant: the newest active one where the text ends so.
std::string Machine::resolved(const std::string& version) const {
    if (last_part(version) != "$LATEST") return version;
    for (const Thing* const each : listed(kind_named("solutionVersion"), solution_of(version))) {
        if (each->status() == "ACTIVE") return each->arn;
    }
    return {};
}

std::string Machine::refused_campaign_version(const Json& input) const {
    if (!input.contains("solutionVersionArn")) return {};
    const std::string version = resolved(input["solutionVersionArn"]);
    if (version.empty()) return find(solution_of(input["solutionVersionArn"])) == nullptr ? none : invalid;
    if (std::string why = unfit(version, "solutionVersion"); !why.empty()) return why;
    return is_for_segments(find(version)->members) ? invalid : "";
}

std::string Machine::refusal(const Kind& kind, const Json& input) const {
    if (kind.name == "schema" || kind.name == "datasetGroup") return {};
    if (kind.name == "dataset") return refused_dataset(input);
    if (kind.name == "datasetImportJob" || kind.name == "datasetExportJob")
        return unfit(input["datasetArn"], "dataset");
    if (kind.name == "eventTracker" || kind.name == "metricAttribution") return refused_one_a_group(kind, input);
    if (kind.name == "solution") return refused_solution(input);
    if (kind.name == "recommender") return refused_recommender(input);
    if (kind.name == "campaign") return refused_campaign_version(input);
    if (kind.name.starts_with("batch")) return refused_batch_job(kind, input);
    if (kind.name == "solutionVersion") {
        const std::string why = unfit(input["solutionArn"], "solution");
        return why.empty() ? untrainable(find(input["solutionArn"])->members["datasetGroupArn"]) : why;
    }
    const std::string why = unfit(input["datasetGroupArn"], "datasetGroup");
    // CreateFilter declares no refusal for what is busy.
    return kind.name == "filter" && why == busy ? invalid : why;
}

// ---- what is made

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
        members.emplace("solutionConfig", Json::object());  // seen of this recipe
    }
    if (kind.name == "solutionVersion") {
        const Json& solution = find(input["solutionArn"])->members;
        for (const char* const each : {"datasetGroupArn", "recipeArn", "performHPO", "performAutoML", "solutionConfig"})
            if (solution.contains(each)) members[each] = solution[each];
        members.update({{"trainingMode", "FULL"}, {"trainingType", "MANUAL"}});
    }
    if (kind.name == "recommender") members["recommenderConfig"]["minRecommendationRequestsPerSecond"] = 1;
    if (kind.name == "campaign") {
        members["solutionVersionArn"] = resolved(input["solutionVersionArn"]);
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
    if (!arn.empty() && find(arn) != nullptr) return taken;
    Thing thing{.kind = &kind, .arn = arn, .created = now_, .changed = now_, .members = members_of(kind, input)};
    thing.members[kind.arn_member()] = arn;
    for (const Json& tag : input.value("tags", Json::array())) thing.tags[tag["tagKey"]] = tag["tagValue"];
    for (const Json& metric : input.value("metrics", Json::array())) thing.metrics.push_back(metric["metricName"]);
    if (kind.creation != nullptr) start_transition(thing, *kind.creation, plan_for(kind.name, true));
    run_due(thing);
    things_.push_back(std::move(thing));
    return {};
}

// ---- what is changed

std::string Machine::update_metrics(Thing& thing, const Json& input) const {
    std::vector<std::string> metrics = thing.metrics;
    for (const Json& name : input.value("removeMetrics", Json::array())) {
        if (std::erase(metrics, name.get<std::string>()) == 0) return invalid;
    }
    for (const Json& metric : input.value("addMetrics", Json::array())) {
        if (!add_name(metrics, metric)) return invalid;
    }
    thing.metrics = metrics;
    thing.changed = now_;
    thing.past.back().at = now_;
    return {};
}

std::string Machine::refused_update(const Thing& thing, const Json& input) const {
    if (thing.is_on_its_way()) return busy;
    const bool may_have_failed = thing.kind->name == "campaign" && thing.status() == "CREATE FAILED";
    if (thing.status() != "ACTIVE" && !may_have_failed) return invalid;
    if (thing.kind->name == "campaign") return refused_campaign_version(input);
    if (thing.kind->name != "dataset") return {};
    if (std::string why = unfit(input["schemaArn"], "schema"); !why.empty()) return why;
    const std::string record = thing.members["datasetType"] == "ITEMS" ? "Items" : "Inter";
    const std::string schema = find(input["schemaArn"])->members["schema"];
    return schema.find(record) == std::string::npos ? invalid : "";
}

Json Machine::change_of(const Thing& thing, const Json& input) const {
    Json change = input;
    change.erase(thing.kind->arn_member());
    if (thing.kind->name != "campaign") return change;
    for (const char* const each : {"solutionVersionArn", "minProvisionedTPS", "campaignConfig"}) {
        if (!change.contains(each)) change[each] = thing.members[each];
    }
    if (!input.contains("solutionVersionArn")) change["solutionVersionArn"] = version_of(thing);
    change["solutionVersionArn"] = resolved(change["solutionVersionArn"]);
    return change;
}

std::string Machine::update(const Kind& kind, const Json& input) {
    Thing* const thing = find(input[kind.arn_member()]);
    if (thing == nullptr) return none;
    if (std::string why = refused_update(*thing, input); !why.empty()) return why;
    if (kind.name == "metricAttribution") return update_metrics(*thing, input);
    thing->before_update = thing->status();
    thing->update = Update{.change = change_of(*thing, input), .status = {}, .failure_reason = {}, .began = now_};
    start_transition(*thing, updating, plan_for(kind.name, false));
    run_due(*thing);
    return {};
}

std::string Machine::stop(const std::string& recommender) {
    Thing* const thing = find(recommender);
    if (thing == nullptr) return none;
    if (thing->is_on_its_way()) return busy;
    if (thing->status() != "ACTIVE") return invalid;
    start_transition(*thing, stopping, plan_for("recommender", false));
    run_due(*thing);
    return {};
}

std::string Machine::start(const std::string& recommender) {
    Thing* const thing = find(recommender);
    if (thing == nullptr) return none;
    if (thing->is_on_its_way()) return busy;
    if (thing->status() != stopping.success) return invalid;
    start_transition(*thing, starting, plan_for("recommender", false));
    run_due(*thing);
    return {};
}

std::string Machine::stop_training(const std::string& version) {
    Thing* const thing = find(version);
    if (thing == nullptr) return none;
    if (thing->status() == creating.pending) {
        start_transition(*thing, given_up, plan_for("solutionVersion", false));
    } else if (thing->status() == creating.in_progress) {
        start_transition(*thing, stopping_creation, plan_for("solutionVersion", false));
    } else {
        return invalid;
    }
    run_due(*thing);
    return {};
}

// ---- what goes

/// https://docs.aws.amazon.com/personalize/latest/dg/gs-cleanup.html
bool Machine::blocks(const Thing& other, const Thing& thing) const {
    const std::string& kind = other.kind->name;
    const auto names = [&](const char* member, const std::string& arn) {
        if (other.members.value(member, "") == arn) return true;
        const bool is_to_come = other.update && other.way == &updating && other.is_on_its_way();
        return is_to_come && other.update->change.value(member, "") == arn;
    };
    if (thing.kind->name == "schema") return kind == "dataset" && names("schemaArn", thing.arn);
    if (thing.kind->name == "datasetGroup") {
        const bool counts = kind == "eventTracker" || kind == "solution" || kind == "recommender" || kind == "dataset";
        return counts && names("datasetGroupArn", thing.arn);
    }
    if (thing.kind->name == "dataset") {
        if (!other.is_on_its_way()) return false;
        if (kind == "datasetImportJob" || kind == "datasetExportJob") return names("datasetArn", thing.arn);
        const bool learns = kind == "solutionVersion" || kind == "recommender";
        return learns && names("datasetGroupArn", thing.members["datasetGroupArn"]);
    }
    if (thing.kind->name != "solution") return false;
    if (kind == "solutionVersion") return other.is_on_its_way() && names("solutionArn", thing.arn);
    if (kind != "campaign") return false;
    const bool is_to_come = other.way == &updating && other.is_on_its_way();
    return solution_of(other.members["solutionVersionArn"]) == thing.arn ||
           (is_to_come && solution_of(other.update->change["solutionVersionArn"]) == thing.arn);
}

std::string Machine::remove(const Kind& kind, const std::string& arn) {
    Thing* const thing = find(arn);
    if (thing == nullptr) return none;
    if (thing->is_on_its_way()) return busy;
    for (const Thing& other : things_) {
        if (blocks(other, *thing)) return busy;
    }
    if (kind.deletion == nullptr) {
        std::erase_if(things_, [&arn](const Thing& each) { return each.arn == arn; });
        return {};
    }
    start_transition(*thing, *kind.deletion, plan_for(kind.name, false));
    run_due(*thing);
    sweep();
    return {};
}

/// Takes away what has left, and what goes with it.
void Machine::sweep() {
    std::vector<std::string> gone;
    for (const Thing& each : things_) {
        if (each.status() == deleting.success) gone.push_back(each.arn);
    }
    const auto has_gone = [&gone](const std::string& arn) { return std::ranges::find(gone, arn) != gone.end(); };
    std::erase_if(things_, [&](const Thing& each) { return has_gone(each.arn) || has_gone(goes_with(each)); });
}

std::string Machine::taggable(const Kind& kind, const std::string& arn) const {
    const Thing* const thing = find(arn);
    if (thing == nullptr) return none;
    if (!kind.takes_tags) return invalid;
    return thing->status().starts_with("DELETE") ? busy : "";
}

// ---- what is told

/// What a campaign deploys; one that follows its solution deploys the newest version that is active.
std::string Machine::version_of(const Thing& campaign) const {
    std::string version = campaign.members["solutionVersionArn"];
    if (!campaign.members["campaignConfig"].value("syncWithLatestSolutionVersion", false)) return version;
    const std::string newest = resolved(solution_of(version) + "/$LATEST");
    return newest.empty() ? version : newest;
}

Json Machine::described(const Thing& thing) const {
    Json told = thing.members;
    told["creationDateTime"] = seconds(thing.created);
    told["lastUpdatedDateTime"] = seconds(thing.changed);
    if (thing.past.empty()) return told;
    told["status"] = thing.status();
    if (thing.status().ends_with("FAILED") && tells_reason(*thing.kind)) told["failureReason"] = thing.failure_reason;
    if (!thing.kind->done_member.empty() && thing.is_done) told[thing.kind->done_member] = true;
    if (thing.update) {
        Json update = thing.update->change;
        update["status"] = thing.update->status;
        if (!thing.update->failure_reason.empty()) update["failureReason"] = thing.update->failure_reason;
        update["creationDateTime"] = seconds(thing.update->began);
        update["lastUpdatedDateTime"] = seconds(thing.update->changed);
        told[thing.kind->update_member()] = std::move(update);
    }
    if (thing.kind->name == "campaign") told["solutionVersionArn"] = version_of(thing);
    if (thing.kind->name != "solution") return told;
    const auto versions = listed(kind_named("solutionVersion"), thing.arn);
    if (versions.empty()) return told;
    const Json latest = described(*versions.front());
    for (const char* const each : {"solutionVersionArn", "status", "trainingMode", "trainingType", "creationDateTime",
                                   "lastUpdatedDateTime", "failureReason"}) {
        if (latest.contains(each)) told["latestSolutionVersion"][each] = latest[each];
    }
    return told;
}

void Machine::look(Thing& thing) {
    const bool counts = thing.plan.pace == Pace::calls && thing.is_on_its_way() && thing.way != thing.kind->deletion;
    if (counts && ++thing.polls >= thing.plan.calls) move(thing, now_);
}

std::vector<const Thing*> Machine::listed(const Kind& kind, const std::string& parent) const {
    std::vector<const Thing*> list;
    for (auto each = things_.rbegin(); each != things_.rend(); ++each) {
        if (each->kind != &kind) continue;
        const std::string named = kind.name == "campaign" ? solution_of(each->members["solutionVersionArn"])
                                  : kind.parent.empty()   ? ""
                                                          : each->members[kind.parent].get<std::string>();
        if (parent.empty() || named == parent) list.push_back(&*each);
    }
    return list;
}

// ---- what time does

Plan Machine::plan_for(const std::string& kind, bool is_birth) const {
    if (const auto own = plans.find(kind); own != plans.end()) return own->second;
    const auto common = plans.find("default");
    Plan plan = common == plans.end() ? Plan() : common->second;
    if (is_birth && kind == "solution") plan.pace = Pace::immediate;
    return plan;
}

void Machine::start_transition(Thing& thing, const Way& way, const Plan& plan) {
    const std::string_view first = !way.pending.empty()      ? way.pending
                                   : way.in_progress.empty() ? way.success
                                                             : way.in_progress;
    thing.ahead = statuses_from(way, first, plan.fails);
    thing.way = &way;
    thing.plan = plan;
    if (way.success == deleting.success && plan.pace == Pace::calls) thing.plan.pace = Pace::time;
    move(thing, now_);
}

void Machine::move(Thing& thing, Ms at) {
    const std::string status = thing.ahead.front();
    thing.ahead.erase(thing.ahead.begin());
    thing.past.push_back({status, at});
    thing.polls = 0;
    const bool is_update = thing.way == &updating;
    thing.changed = is_update && !shows_updates(*thing.kind) ? thing.update->began : at;
    if (thing.way == thing.kind->creation) {
        thing.is_done = status == thing.way->success;
        if (status == thing.way->failure) thing.failure_reason = thing.plan.failure_reason;
    }
    if (!is_update) return;
    thing.update->status = in_words_of_creation(status);
    thing.update->changed = at;
    if (status == updating.failure) thing.update->failure_reason = thing.plan.failure_reason;
    if (status != updating.success) return;
    for (const auto& [name, value] : thing.update->change.items()) {
        if (name == "solutionUpdateConfig") {
            thing.members["solutionConfig"].update(value);
        } else {
            thing.members[name] = value;
        }
    }
}

std::optional<Ms> Machine::due(const Thing& thing) const {
    if (!thing.is_on_its_way()) return std::nullopt;
    if (thing.plan.pace == Pace::immediate) return thing.past.back().at;
    if (thing.plan.pace != Pace::time) return std::nullopt;
    return thing.past.back().at +
           (thing.past.back().status.ends_with("PENDING") ? thing.plan.pending : thing.plan.in_progress);
}

void Machine::run_due(Thing& thing) {
    for (auto moment = due(thing); moment && *moment <= now_; moment = due(thing)) move(thing, *moment);
}

void Machine::advance(Ms by) {
    now_ += by;
    for (Thing& thing : things_) run_due(thing);
    sweep();
}

void Machine::advance_until_idle() {
    for (;;) {
        std::optional<Ms> next;
        for (const Thing& thing : things_) {
            if (const auto moment = due(thing); moment && (!next || *moment < *next)) next = moment;
        }
        if (!next) return;
        advance(*next - now_);
    }
}

bool Machine::push(const std::string& arn, const std::string& to, bool is_forced) {
    Thing& thing = *find(arn);
    if (!thing.is_on_its_way() && (!is_forced || to.empty())) return false;
    if (!to.empty()) {
        const auto to_come = std::ranges::find(thing.ahead, to);
        if (to_come != thing.ahead.end()) {
            thing.ahead.erase(thing.ahead.begin(), to_come);
        } else {
            if (!thing.is_on_its_way()) thing.way = thing.kind->creation;
            const Plan plan = plan_for(thing.kind->name, false);
            thing.plan = plan;
            if (thing.way == thing.kind->deletion && plan.pace == Pace::calls) thing.plan.pace = Pace::time;
            thing.ahead = statuses_from(*thing.way, to, plan.fails);
        }
        if (to.ends_with("FAILED")) thing.plan.failure_reason = "by command";
    }
    move(thing, now_);
    run_due(thing);
    sweep();
    return true;
}

}  // namespace plocal::deployment
