#include "tests/unit/local/control/deployment_walk.h"

#include <algorithm>
#include <chrono>
#include <iterator>

#include "server/base/iso8601.h"
#include "tests/unit/local/control/differences.h"

namespace plocal::deployment {

using support::Answer;
using support::arn;

namespace {

const char* const act_names[] = {"create",        "describe",   "list",          "update",   "remove",
                                 "start",         "stop",       "stop_training", "tag",      "untag",
                                 "tags",          "metrics",    "history",       "advance",  "advance_until_idle",
                                 "plan",          "transition", "import_rows",   "put_rows", "recommend",
                                 "replace_state", "restart",    "compare_all"};
const char* const progressions[] = {"immediate", "time", "calls", "manual"};
constexpr const char* role = "arn:aws:iam::000000000000:role/personalize";

std::string iso(Ms moment) {
    return base::iso8601(base::Instant(std::chrono::milliseconds(moment)));
}

/// The same value with the members of all objects in alphabetical order, so that their order makes no difference.
Json sorted(const Json& json) {
    if (!json.is_structured()) return json;
    Json copy = json.is_array() ? Json::array() : Json::object();
    if (json.is_array()) {
        for (const Json& each : json) copy.push_back(sorted(each));
        return copy;
    }
    std::map<std::string, Json> members;
    for (const auto& [name, value] : json.items()) members[name] = sorted(value);
    for (auto& [name, value] : members) copy[name] = std::move(value);
    return copy;
}

}  // namespace

std::string difference(const std::string& what, const Json& is, const Json& expected) {
    return is == expected || sorted(is) == sorted(expected)
               ? ""
               : what + " is " + is.dump() + ", expected " + expected.dump();
}

namespace {

/// Compares the outcome of a call with the expected error, which is empty for a success.
std::string compare(const std::string& what, const Answer& answer, const std::string& refusal) {
    const auto outcome = [](const std::string& error) { return error.empty() ? "success" : error; };
    return difference(what, outcome(answer.status == 200 ? "" : answer.error()), outcome(refusal));
}

std::string group(int which) {
    return arn(which % 2 == 0 ? "dataset-group/films" : "dataset-group/shop");
}

/// The ARN of the solution of a version. Each solution has three slots; in the last one the server generates the name.
std::string solution_of_slot(int slot) {
    return arn("solution/solution-" + std::to_string(slot / 3));
}

std::string recipe(const char* name) {
    return std::string("arn:aws:personalize:::recipe/aws-") + name;
}

std::string schema_text(bool is_of_items) {
    const Json id = {{"name", is_of_items ? "ITEM_ID" : "USER_ID"}, {"type", "string"}};
    Json fields = Json::array({id});
    if (is_of_items) {
        fields.push_back({{"name", "CATEGORY_L1"}, {"type", "string"}, {"categorical", true}});
        fields.push_back({{"name", "PRICE"}, {"type", "float"}});
    } else {
        fields.push_back({{"name", "ITEM_ID"}, {"type", "string"}});
        fields.push_back({{"name", "TIMESTAMP"}, {"type", "long"}});
        fields.push_back({{"name", "EVENT_TYPE"}, {"type", "string"}});
    }
    return Json{{"type", "record"},
                {"name", is_of_items ? "Items" : "Interactions"},
                {"namespace", "com.amazonaws.personalize.schema"},
                {"fields", fields},
                {"version", "1.0"}}
        .dump();
}

Json metric(int which) {
    return {{"eventType", "watch"}, {"metricName", "metric-" + std::to_string(which)}, {"expression", "SAMPLECOUNT()"}};
}

Json s3(const char* path) {
    return {{"path", std::string("s3://bucket/") + path}};
}

// Slots 0 and 1 are schemas of interactions, slot 2 of items. Slots 3 and 4 are the same for the domain of the shop.
Json schema_input(int slot) {
    Json input = {{"name", "schema-" + std::to_string(slot)}, {"schema", schema_text(slot == 2 || slot == 4)}};
    if (slot >= 3) input["domain"] = "ECOMMERCE";
    return input;
}

Json dataset_input(int slot, int choice) {
    const int fitting[] = {choice % 8 == 7 ? 1 : 0, 2, 3, 4};
    const int schema = choice % 6 == 5 ? choice / 6 % 6 : fitting[slot];
    return {{"name", "dataset-" + std::to_string(slot)},
            {"datasetGroupArn", group(slot / 2)},
            {"datasetType", slot % 2 == 0 ? "Interactions" : "Items"},
            {"schemaArn", arn("schema/schema-" + std::to_string(schema))}};
}

Json solution_input(int slot, int choice) {
    const std::string usual = recipe(slot == 1 ? "item-affinity" : "user-personalization");
    Json input = {{"name", "solution-" + std::to_string(slot)},
                  {"datasetGroupArn", group(slot == 2 ? 1 : 0)},
                  {"recipeArn", choice % 8 == 7 ? recipe("ecomm-popular-items-by-views") : usual},
                  {"performAutoTraining", false}};
    if (choice % 3 == 2) input["solutionConfig"] = {{"autoTrainingConfig", {{"schedulingExpression", "rate(9 days)"}}}};
    return input;
}

}  // namespace

int slots_of(const std::string& kind) {
    static const std::map<std::string, int> slots = {{"schema", 5},
                                                     {"datasetGroup", 2},
                                                     {"dataset", 4},
                                                     {"datasetImportJob", 6},
                                                     {"datasetExportJob", 3},
                                                     {"eventTracker", 2},
                                                     {"metricAttribution", 2},
                                                     {"solution", 4},
                                                     {"solutionVersion", 12},
                                                     {"recommender", 2},
                                                     {"campaign", 3},
                                                     {"filter", 3},
                                                     {"batchInferenceJob", 5},
                                                     {"batchSegmentJob", 3},
                                                     {"dataDeletionJob", 3}};
    return slots.at(kind);
}

std::string to_text(const std::vector<DeploymentStep>& walk) {
    std::string text;
    for (const DeploymentStep& step : walk) {
        text += std::string("\n    ") + act_names[static_cast<int>(step.act)] + " " + step.kind + " " +
                std::to_string(step.slot) + " choice " + std::to_string(step.choice);
    }
    return text;
}

void DeploymentWalk::open() {
    world::WorldConfig config{.clock = lifecycle::Clock::frozen(support::World::start_time())};
    world_ = std::make_unique<support::World>(support::World::Made(), std::move(config),
                                              has_file_ ? folder_.file("db") : ":memory:");
}

void DeploymentWalk::begin_again() {
    ask("POST", "/_local/reset");
    machine_ = Machine(support::World::start_time().time_since_epoch().count());
    generated_arns_.clear();
    rows_ = {};
}

Answer DeploymentWalk::ask(const char* method, const std::string& target, const Json& body) {
    const std::string text = body.is_null() ? "" : body.dump();
    return world_->send({.method = method, .target = target, .headers = {}, .body = text});
}

// ---- ARNs and inputs

std::string DeploymentWalk::arn_of(const std::string& kind, int slot) const {
    const auto made = generated_arns_.find({kind, slot});
    if (made != generated_arns_.end()) return made->second;
    const std::string number = std::to_string(slot);
    if (kind == "datasetGroup") return group(slot);
    if (kind == "dataset")
        return arn(std::string("dataset/") + (slot < 2 ? "films/" : "shop/") +
                   (slot % 2 == 0 ? "INTERACTIONS" : "ITEMS"));
    if (kind == "eventTracker") return arn("event-tracker/0000000" + number);
    if (kind == "solutionVersion") return solution_of_slot(slot) + "/version-" + number;
    return arn(kind_named(kind).type + "/" + kind + "-" + number);
}

Json DeploymentWalk::campaign_input(const std::string& name, int choice) const {
    const bool is_latest = choice / 12 % 7 == 6;
    const std::string latest = arn("solution/solution-" + std::to_string(choice / 84 % 4)) + "/$LATEST";
    Json input = {{"name", name}, {"solutionVersionArn", is_latest ? latest : arn_of("solutionVersion", choice % 12)}};
    if (is_latest) input["campaignConfig"] = {{"syncWithLatestSolutionVersion", true}};
    if (choice % 2 == 1) input["minProvisionedTPS"] = 1 + choice % 4;
    return input;
}

Json DeploymentWalk::job_input(const std::string& kind, const std::string& name, int choice) const {
    Json input = {{"jobName", name}, {"roleArn", role}};
    if (kind == "dataDeletionJob") {
        input["datasetGroupArn"] = group(choice);
        input["dataSource"] = {{"dataLocation", "s3://bucket/users.csv"}};
    } else if (kind == "datasetImportJob") {
        input["datasetArn"] = arn_of("dataset", choice % 4);
        input["dataSource"] = {{"dataLocation", "s3://bucket/data.csv"}};
    } else if (kind == "datasetExportJob") {
        input["datasetArn"] = arn_of("dataset", choice % 4);
        input["jobOutput"] = {{"s3DataDestination", s3("export/")}};
    } else {
        input["solutionVersionArn"] = arn_of("solutionVersion", choice % 12);
        input["jobInput"] = {{"s3DataSource", s3("users.json")}};
        input["jobOutput"] = {{"s3DataDestination", s3("out/")}};
        if (choice / 12 % 4 == 1) input["filterArn"] = arn_of("filter", choice / 48 % 3);
    }
    return input;
}

Json DeploymentWalk::input_of(const std::string& kind, int slot, int choice) const {
    const std::string name = kind + "-" + std::to_string(slot);
    if (kind.ends_with("Job")) return job_input(kind, name, choice);
    if (kind == "schema") return schema_input(slot);
    if (kind == "dataset") return dataset_input(slot, choice);
    if (kind == "solution") return solution_input(slot, choice);
    if (kind == "campaign") return campaign_input(name, choice);
    if (kind == "datasetGroup") {
        return slot == 0 ? Json{{"name", "films"}} : Json{{"name", "shop"}, {"domain", "ECOMMERCE"}};
    }
    if (kind == "solutionVersion") {
        Json input = {{"solutionArn", solution_of_slot(slot)}};
        if (slot % 3 != 2) input["name"] = "version-" + std::to_string(slot);
        return input;
    }
    Json input = {{"name", name}, {"datasetGroupArn", group(kind == "eventTracker" ? slot : choice)}};
    if (kind == "metricAttribution") {
        input["metrics"] = Json::array({metric(0), metric(choice % 9 == 8 ? 0 : 1)});
        input["metricsOutputConfig"] = {{"s3DataDestination", s3("metrics/")}, {"roleArn", role}};
    } else if (kind == "recommender") {
        input["datasetGroupArn"] = group(choice % 5 == 4 ? 0 : 1);
        input["recipeArn"] = recipe(choice % 6 == 5 ? "vod-most-popular" : "ecomm-popular-items-by-views");
    } else if (kind == "filter") {
        input["filterExpression"] = R"(EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("watch"))";
    }
    return input;
}

Json DeploymentWalk::update_of(const std::string& kind, int slot, int choice) const {
    Json input = {{kind_named(kind).arn_member(), arn_of(kind, slot)}};
    if (kind == "dataset") {
        const int schema = slot < 2 ? choice % 3 : 3 + choice % 2;  // with the domain of the group
        input["schemaArn"] = arn("schema/schema-" + std::to_string(schema));
    } else if (kind == "solution") {
        const std::string rate = "rate(" + std::to_string(2 + choice % 5) + " days)";
        input["solutionUpdateConfig"] = {{"autoTrainingConfig", {{"schedulingExpression", rate}}}};
    } else if (kind == "recommender") {
        input["recommenderConfig"] = {{"minRecommendationRequestsPerSecond", 1 + choice % 5}};
    } else if (kind == "campaign") {
        if (choice % 13 != 12) input["solutionVersionArn"] = arn_of("solutionVersion", choice % 13);
        if (choice % 2 == 1) input["minProvisionedTPS"] = 1 + choice % 4;
    } else {
        if (choice % 3 != 0) input["addMetrics"] = Json::array({metric(choice % 4)});
        if (choice % 3 != 1) input["removeMetrics"] = Json::array({"metric-" + std::to_string(choice / 4 % 4)});
    }
    return input;
}

// ---- calls of the service

std::string DeploymentWalk::create(const DeploymentStep& step) {
    const Kind& kind = kind_named(step.kind);
    Json input = input_of(step.kind, step.slot, step.choice);
    const int tagging = step.choice / 24 % 4;
    if (kind.takes_tags && tagging < 2)
        input["tags"] = {{{"tagKey", tagging == 0 ? "team" : "stage"}, {"tagValue", "1"}}};
    const Answer answer = world_->call("Create" + kind.noun(), input);
    const std::string refusal = machine_.create(kind, input);
    std::string found = compare("Create" + kind.noun(), answer, refusal);
    if (!found.empty() || !refusal.empty()) return found;
    Resource& resource = machine_.resources().back();
    const std::string arn = answer.body.value(kind.arn_member(), "");
    if (resource.arn.empty()) {
        const std::string prefix = kind.name == "eventTracker" ? support::arn("event-tracker/")
                                                               : input["solutionArn"].get<std::string>() + "/";
        if (!arn.starts_with(prefix) || machine_.find(arn) != nullptr) return "the ARN is " + arn;
        resource.arn = generated_arns_[{step.kind, step.slot}] = arn;
        resource.members[kind.arn_member()] = arn;
        if (kind.name == "solutionVersion") resource.members["name"] = arn.substr(arn.find('/') + 1);
    }
    found = difference("the ARN", arn, resource.arn);
    // A new resource must not have the tags of a deleted one with its name.
    return found.empty() && kind.takes_tags && tagging == 2 ? tags(kind, arn) : found;
}

std::string DeploymentWalk::describe(const Kind& kind, const std::string& arn) {
    const Answer answer = world_->call("Describe" + kind.noun(), {{kind.arn_member(), arn}});
    Resource* const resource = machine_.find(arn);
    if (resource == nullptr) return compare("Describe" + kind.noun(), answer, "ResourceNotFoundException");
    if (answer.status != 200) return compare("Describe" + kind.noun(), answer, "");
    Json seen = answer.body[kind.name];
    for (const char* const drawn : {"trackingId", "accountId"}) seen.erase(drawn);
    if (seen.contains(kind.shown_once_created)) seen[kind.shown_once_created] = true;
    std::string found = difference(arn, seen, machine_.described(*resource));
    machine_.count_poll(*resource);
    return found;
}

std::string DeploymentWalk::compare_list(const Kind& kind, const std::string& parent, bool is_in_pages) {
    Json input = Json::object();
    if (!parent.empty()) input[kind.parent] = parent;
    if (is_in_pages) input["maxResults"] = 2;
    const std::string call = "List" + kind.noun() + "s";
    Json seen = Json::array();
    std::string token;
    do {
        const Answer answer = world_->call(call, input);
        const bool needs_parent = kind.name == "solutionVersion" && !parent.empty();
        if (needs_parent && machine_.find(parent) == nullptr) return compare(call, answer, "ResourceNotFoundException");
        if (answer.status != 200) return compare(call, answer, "");
        for (const Json& each : answer.body[kind.list_member()]) {
            seen.push_back({each[kind.arn_member()], each.value("status", ""), each["lastUpdatedDateTime"]});
        }
        token = answer.body.value("nextToken", "");
        input["nextToken"] = token;
    } while (!token.empty());
    Json expected = Json::array();
    for (const Resource* const each : machine_.listed(kind, parent)) {
        expected.push_back({each->arn, each->status(), static_cast<double>(each->changed) / 1000});
    }
    return difference(call + " of " + (parent.empty() ? "all" : parent), seen, expected);
}

std::string DeploymentWalk::list(const DeploymentStep& step) {
    const Kind& kind = kind_named(step.kind);
    const std::map<std::string, std::string> parents = {{"datasetGroupArn", "datasetGroup"},
                                                        {"datasetArn", "dataset"},
                                                        {"solutionArn", "solution"},
                                                        {"solutionVersionArn", "solutionVersion"}};
    const auto parent = parents.find(kind.parent);
    const bool is_narrowed = parent != parents.end() && step.choice % 3 != 0;
    return compare_list(kind, is_narrowed ? arn_of(parent->second, step.choice / 3 % slots_of(parent->second)) : "",
                        step.choice % 2 == 0);
}

std::string DeploymentWalk::update(const DeploymentStep& step) {
    const Kind& kind = kind_named(step.kind);
    const Json input = update_of(step.kind, step.slot, step.choice);
    const Answer answer = world_->call("Update" + kind.noun(), input);
    return compare("Update" + kind.noun(), answer, machine_.update(kind, input));
}

std::string DeploymentWalk::remove(const DeploymentStep& step) {
    const Kind& kind = kind_named(step.kind);
    const std::string arn = arn_of(step.kind, step.slot);
    const Answer answer = world_->call("Delete" + kind.noun(), {{kind.arn_member(), arn}});
    return compare("Delete" + kind.noun(), answer, machine_.remove(kind, arn));
}

std::string DeploymentWalk::start_or_stop(const DeploymentStep& step) {
    if (step.act == Act::stop_training) {
        const std::string version = arn_of("solutionVersion", step.slot);
        const Answer answer = world_->call("StopSolutionVersionCreation", {{"solutionVersionArn", version}});
        return compare("StopSolutionVersionCreation", answer, machine_.stop_training(version));
    }
    const std::string recommender = arn_of("recommender", step.slot);
    const bool starts = step.act == Act::start;
    const Answer answer =
        world_->call(starts ? "StartRecommender" : "StopRecommender", {{"recommenderArn", recommender}});
    return compare(starts ? "StartRecommender" : "StopRecommender", answer,
                   starts ? machine_.start(recommender) : machine_.stop(recommender));
}

std::string DeploymentWalk::tag(const DeploymentStep& step) {
    const Kind& kind = kind_named(step.kind);
    const std::string arn = arn_of(step.kind, step.slot);
    const std::string key = step.choice % 2 == 0 ? "team" : "stage";
    const std::string refusal = machine_.taggable(kind, arn);
    Resource* const resource = machine_.find(arn);
    if (step.act == Act::tag) {
        const std::string value = std::to_string(step.choice % 5);
        if (refusal.empty()) resource->tags[key] = value;
        return compare(
            "TagResource",
            world_->call("TagResource", {{"resourceArn", arn}, {"tags", {{{"tagKey", key}, {"tagValue", value}}}}}),
            refusal);
    }
    if (step.act == Act::untag) {
        if (refusal.empty()) resource->tags.erase(key);
        return compare("UntagResource", world_->call("UntagResource", {{"resourceArn", arn}, {"tagKeys", {key}}}),
                       refusal);
    }
    return tags(kind, arn);
}

std::string DeploymentWalk::tags(const Kind& kind, const std::string& arn) {
    const std::string refusal = machine_.taggable(kind, arn);
    const Resource* const resource = machine_.find(arn);
    const Answer answer = world_->call("ListTagsForResource", {{"resourceArn", arn}});
    if (!refusal.empty() || answer.status != 200) return compare("ListTagsForResource", answer, refusal);
    std::map<std::string, std::string> tags;
    for (const Json& each : answer.body["tags"]) tags[each["tagKey"]] = each["tagValue"];
    return difference("tags of " + arn, tags, resource->tags);
}

std::string DeploymentWalk::metrics(const std::string& arn) {
    const Answer answer = world_->call("ListMetricAttributionMetrics", {{"metricAttributionArn", arn}});
    const Resource* const resource = machine_.find(arn);
    if (resource == nullptr || answer.status != 200) {
        return compare("ListMetricAttributionMetrics", answer, resource == nullptr ? "InvalidInputException" : "");
    }
    Json names = Json::array();
    for (const Json& each : answer.body["metrics"]) names.push_back(each["metricName"]);
    return difference("metrics of " + arn, names, resource->metrics);
}

// ---- control calls

std::string DeploymentWalk::history(const std::string& arn) {
    const Answer answer = ask("GET", "/_local/history?arn=" + arn);
    const Resource* const resource = machine_.find(arn);
    if (resource == nullptr) return difference("history", answer.status, 404);
    if (resource->past.empty()) return difference("history", answer.status, 409);
    Json expected = Json::array();
    for (const StatusChange& each : resource->past) expected.push_back({each.status, iso(each.at)});
    Json seen = Json::array();
    for (const Json& each : answer.body["history"]) seen.push_back({each["status"], each["at"]});
    return difference("history of " + arn, seen, expected);
}

std::string DeploymentWalk::set_plan(const DeploymentStep& step) {
    const std::string plan_name = step.kind == "schema" || step.choice % 3 == 0 ? "default" : step.kind;
    if (step.choice % 7 == 6) {
        machine_.plans.erase(plan_name);
    } else {
        Plan plan{.progression = Progression::time,
                  .pending = 250 * (step.choice / 4 % 5),
                  .in_progress = 250 * (step.choice / 20 % 6)};
        const Progression by_choice[] = {Progression::immediate, Progression::time, Progression::calls,
                                         Progression::manual};
        plan.progression = by_choice[step.choice % 4];
        plan.calls = 1 + step.choice / 4 % 3;
        plan.fails = step.choice % 5 == 4;
        if (plan.fails) plan.failure_reason = "reason " + std::to_string(step.choice);
        machine_.plans[plan_name] = plan;
    }
    Json document = Json::object();
    for (const auto& [name, plan] : machine_.plans) {
        const auto progression = std::ranges::find(progressions, plan.progression, [](const char* text) {
            return text[0] == 'i'   ? Progression::immediate
                   : text[0] == 't' ? Progression::time
                   : text[0] == 'c' ? Progression::calls
                                    : Progression::manual;
        });
        document[name] = {{"progression", *progression},
                          {"pending", std::to_string(plan.pending) + "ms"},
                          {"inProgress", std::to_string(plan.in_progress) + "ms"},
                          {"calls", plan.calls},
                          {"outcome", plan.fails ? "CREATE FAILED" : "ACTIVE"}};
        if (plan.fails) document[name]["failureReason"] = plan.failure_reason;
    }
    return difference("lifecycle", ask("PUT", "/_local/lifecycle", document).status, 200);
}

/// Forces the next status, or a status of the current transition. A resource in a stable status gets a status of its
/// creation, with or without `force`.
std::string DeploymentWalk::transition(const DeploymentStep& step) {
    const std::string arn = arn_of(step.kind, step.slot);
    const Resource* const resource = machine_.find(arn);
    Json command = {{"arn", arn}};
    std::string to;
    const bool is_forced = step.choice % 5 == 4;
    if (resource != nullptr && resource->transition != nullptr && step.choice % 3 != 0) {
        const Transition& current = resource->is_in_progress() ? *resource->transition : *resource->kind->creation;
        const std::string_view statuses[] = {current.pending, current.in_progress, current.success, current.failure};
        to = statuses[step.choice / 3 % 4];
    }
    if (!to.empty()) command["to"] = to;
    if (is_forced) command["force"] = true;
    if (to.ends_with("FAILED")) command["failureReason"] = "by command";
    const Answer answer = ask("POST", "/_local/transition", command);
    if (resource == nullptr) return difference("transition", answer.status, 404);
    if (resource->past.empty()) return difference("transition", answer.status, 409);
    return difference("transition", answer.status, machine_.transition(arn, to, is_forced) ? 200 : 409);
}

/// Reads the whole state and replaces it by the same.
std::string DeploymentWalk::replace_state() {
    const Json answers = all_answers();
    const std::string before = ask("GET", "/_local/state").text;
    const Answer put = world_->send({.method = "PUT", .target = "/_local/state", .headers = {}, .body = before});
    if (put.status != 200) return put.text;
    const std::string found = difference("state", ask("GET", "/_local/state").text, before);
    return found.empty() ? difference("answers", all_answers(), answers) : found;
}

/// Restarts on the same file. Without a file, loads the state into a new world.
std::string DeploymentWalk::restart() {
    const Json answers = all_answers();
    const std::string before = ask("GET", "/_local/state").text;
    world_.reset();
    open();
    if (!has_file_) {
        const Answer put = world_->send({.method = "PUT", .target = "/_local/state", .headers = {}, .body = before});
        if (put.status != 200) return put.text;
    }
    const std::string found = difference("state", ask("GET", "/_local/state").text, before);
    return found.empty() ? difference("answers", all_answers(), answers) : found;
}

std::string DeploymentWalk::compare_all() {
    std::string found = compare_rows();
    for (const Kind& kind : kinds()) {
        if (found.empty()) found = compare_list(kind, "", false);
    }
    std::vector<std::pair<const Kind*, std::string>> all;
    for (const Resource& each : machine_.resources()) all.emplace_back(each.kind, each.arn);
    for (const auto& [kind, arn] : all) {
        if (found.empty()) found = describe(*kind, arn);
        if (found.empty() && kind->name == "solution") found = compare_list(kind_named("campaign"), arn, false);
    }
    return found;
}

std::string DeploymentWalk::advance(const DeploymentStep& step) {
    if (step.act == Act::advance_until_idle) {
        machine_.advance_until_idle();
        return difference("idle", ask("POST", "/_local/clock/advance", {{"until", "idle"}}).body["now"],
                          iso(machine_.now()));
    }
    const Ms by = 250 * (step.choice % 16);
    machine_.advance(by);
    const Answer answer = ask("POST", "/_local/clock/advance", {{"by", std::to_string(by) + "ms"}});
    return difference("advance", answer.body["now"], iso(machine_.now()));
}

std::string DeploymentWalk::take(const DeploymentStep& step) {
    const std::string found = take_one(step);
    rows_.keep_if([this](const std::string& dataset) { return machine_.find(dataset) != nullptr; });
    return found;
}

std::string DeploymentWalk::take_one(const DeploymentStep& step) {
    switch (step.act) {
        case Act::create:
            return create(step);
        case Act::describe:
            return describe(kind_named(step.kind), arn_of(step.kind, step.slot));
        case Act::list:
            return list(step);
        case Act::update:
            return update(step);
        case Act::remove:
            return remove(step);
        case Act::start:
        case Act::stop:
        case Act::stop_training:
            return start_or_stop(step);
        case Act::tag:
        case Act::untag:
        case Act::tags:
            return tag(step);
        case Act::metrics:
            return metrics(arn_of("metricAttribution", step.slot));
        case Act::history:
            return history(arn_of(step.kind, step.slot));
        case Act::advance:
        case Act::advance_until_idle:
            return advance(step);
        case Act::plan:
            return set_plan(step);
        case Act::transition:
            return transition(step);
        case Act::import_rows:
            return import_rows(step);
        case Act::put_rows:
            return put_rows(step);
        case Act::recommend:
            return recommend(step);
        case Act::replace_state:
            return replace_state();
        case Act::restart:
            return has_file_ || step.choice % 4 == 0 ? restart() : replace_state();
        case Act::compare_all:
            return compare_all();
    }
    return "no such action";
}

}  // namespace plocal::deployment
