// The steps of a deployment walk about rows and recommendations.
#include "tests/unit/local/control/deployment_walk.h"
#include "tests/unit/local/control/differences.h"

namespace plocal::deployment {

using support::Answer;
using support::arn;

namespace {

constexpr int users = 3;
constexpr int items = 6;
const char* const event_types[] = {"watch", "View"};

std::string user_of(int choice) {
    return "user-" + std::to_string(choice % users);
}

std::string type_of(const std::string& dataset) {
    return dataset.ends_with("/ITEMS") ? "ITEMS" : "INTERACTIONS";
}

std::string group_of(const std::string& dataset) {
    const std::size_t from = dataset.find('/') + 1;
    return arn("dataset-group/" + dataset.substr(from, dataset.find('/', from) - from));
}

std::string dataset_in(const std::string& group, const std::string& type) {
    return arn("dataset/" + group.substr(group.find('/') + 1) + "/" + type);
}

/// Some rows of a dataset. What is put has other items than what is imported.
std::vector<WalkRow> drawn_rows(const std::string& dataset, int choice, bool is_put) {
    std::vector<WalkRow> rows;
    for (int i = 0; i < 1 + choice % 4; ++i) {
        WalkRow row{(is_put ? "put-" : "item-") + std::to_string((choice / 4 + 5 * i) % items)};
        row.is_put = is_put;
        if (type_of(dataset) == "INTERACTIONS") {
            row.user = user_of(choice / 24 + i);
            row.event_type = event_types[(choice / 72 + i) % 2];
        }
        rows.push_back(row);
    }
    return rows;
}

Json members_of(const WalkRow& row, std::int64_t time_s) {
    if (row.user.empty()) return {{"ITEM_ID", row.item}, {"CATEGORY_L1", "film"}, {"PRICE", 1.5}};
    return {{"USER_ID", row.user}, {"ITEM_ID", row.item}, {"TIMESTAMP", time_s}, {"EVENT_TYPE", row.event_type}};
}

/// The items of an answer with their scores.
Json answered_in(const Json& list) {
    Json answered = Json::array();
    for (const Json& each : list) answered.push_back({each["itemId"], each.value("score", Json())});
    return answered;
}

}  // namespace

void DeploymentWalk::add_rows(const std::string& dataset, const std::vector<WalkRow>& rows) {
    if (type_of(dataset) == "ITEMS") {
        rows_.add_items(dataset, rows);
    } else {
        rows_.add_interactions(dataset, rows);
    }
}

/// A snapshot says when rows came and when trainings began, so it has no order of those of one millisecond.
void DeploymentWalk::pass_a_millisecond() {
    machine_.advance(1);
    ask("POST", "/_local/clock/advance", {{"by", "1ms"}});
}

/// Imports rows, as a whole or in addition.
std::string DeploymentWalk::import_rows(const DeploymentStep& step) {
    const std::string dataset = arn_of("dataset", step.slot);
    const bool is_whole = step.choice % 5 == 4;
    const std::vector<WalkRow> rows = drawn_rows(dataset, step.choice, false);
    Json body = {{"rows", Json::array()}};
    for (const WalkRow& row : rows) body["rows"].push_back(members_of(row, ++events_));
    const Answer answer = ask(is_whole ? "PUT" : "POST", "/_local/data?dataset=" + dataset, body);
    const bool exists = machine_.find(dataset) != nullptr;
    if (exists && is_whole) rows_.drop_imported(dataset);
    if (exists) add_rows(dataset, rows);
    pass_a_millisecond();
    return difference("import into " + dataset, answer.status, exists ? 200 : 404);
}

/// Puts items, or events of one user.
std::string DeploymentWalk::put_rows(const DeploymentStep& step) {
    const std::string dataset = arn_of("dataset", step.slot);
    std::vector<WalkRow> rows = drawn_rows(dataset, step.choice, true);
    for (WalkRow& row : rows) {
        if (!row.user.empty()) row.user = rows.front().user;
    }
    const bool is_of_items = type_of(dataset) == "ITEMS";
    const Answer answer = is_of_items ? put_items(dataset, rows) : put_events(group_of(dataset), rows);
    const bool is_taken = is_usable(dataset) && (is_of_items || is_usable(tracker_of(group_of(dataset))));
    if (is_taken) add_rows(dataset, rows);
    pass_a_millisecond();
    return difference("put into " + dataset + ": " + answer.text, answer.status == 200, is_taken);
}

Answer DeploymentWalk::put_items(const std::string& dataset, const std::vector<WalkRow>& rows) {
    Json input = {{"datasetArn", dataset}, {"items", Json::array()}};
    for (const WalkRow& row : rows) {
        input["items"].push_back({{"itemId", row.item}, {"properties", R"({"categoryL1":"film","price":2})"}});
    }
    return ask("POST", "/items", input);
}

Answer DeploymentWalk::put_events(const std::string& group, const std::vector<WalkRow>& rows) {
    const std::string tracker = tracker_of(group);
    std::string tracking_id = "none";
    if (Resource* const resource = machine_.find(tracker)) {
        tracking_id =
            world_->call("DescribeEventTracker", {{"eventTrackerArn", tracker}}).body["eventTracker"]["trackingId"];
        machine_.count_poll(*resource);
    }
    Json input = {
        {"trackingId", tracking_id}, {"userId", rows.front().user}, {"sessionId", "s"}, {"eventList", Json::array()}};
    for (const WalkRow& row : rows) {
        input["eventList"].push_back({{"eventType", row.event_type}, {"itemId", row.item}, {"sentAt", ++events_}});
    }
    return ask("POST", "/events", input);
}

/// The event tracker of a group, or an empty text.
std::string DeploymentWalk::tracker_of(const std::string& group) {
    for (const Resource& each : machine_.resources()) {
        if (each.kind->name == "eventTracker" && each.members["datasetGroupArn"] == group) return each.arn;
    }
    return "";
}

bool DeploymentWalk::is_usable(const std::string& arn) {
    const Resource* const resource = machine_.find(arn);
    return resource != nullptr && resource->status() == "ACTIVE";
}

/// The group that a campaign or recommender answers for.
std::string DeploymentWalk::group_answered(const Resource& source) {
    if (source.kind->name == "recommender") return source.members["datasetGroupArn"];
    const Resource* const solution = machine_.find(solution_of(source.members["solutionVersionArn"]));
    return solution == nullptr ? "" : solution->members["datasetGroupArn"].get<std::string>();
}

/// Asks a campaign or recommender, with or without a filter, and why its answer is what it is.
std::string DeploymentWalk::recommend(const DeploymentStep& step) {
    const std::string source = arn_of(step.kind, step.slot);
    Json input = {{kind_named(step.kind).arn_member(), source}, {"userId", user_of(step.choice)}};
    const std::string filter = step.choice % 2 == 0 ? "" : arn_of("filter", step.choice / 6 % slots_of("filter"));
    if (!filter.empty()) input["filterArn"] = filter;
    if (step.choice % 5 == 0) input["numResults"] = step.choice / 5 % 9;
    const Answer answer = ask("POST", "/recommendations", input);
    const bool may_answer = is_usable(source) && may_filter(source, filter);
    std::string found = difference("answer of " + source + ": " + answer.text, answer.status == 200, may_answer);
    const Answer why = ask("POST", "/_local/explain", {{"operation", "GetRecommendations"}, {"input", input}});
    if (found.empty()) found = difference("explanation: " + why.text, why.status, answer.status);
    if (!found.empty() || answer.status != 200) return found;
    const Json answered = answered_in(answer.body["itemList"]);
    found = difference("explanation", answered_in(why.body["items"]), answered);
    const std::string views = dataset_in(group_answered(*machine_.find(source)), "INTERACTIONS");
    for (const Json& each : answered) {
        if (filter.empty() || !rows_.has_event(views, user_of(step.choice), each[0], "watch")) continue;
        return each[0].get<std::string>() + " passes the filter";
    }
    return found;
}

bool DeploymentWalk::may_filter(const std::string& source, const std::string& filter) {
    if (filter.empty()) return true;
    const Resource* const resource = machine_.find(filter);
    return is_usable(filter) && resource->members["datasetGroupArn"] == group_answered(*machine_.find(source));
}

/// Counts the rows of all datasets, page by page and by the health of the server.
std::string DeploymentWalk::compare_rows() {
    std::map<std::string, std::size_t> counts;
    for (int slot = 0; slot < slots_of("dataset"); ++slot) {
        const std::string dataset = arn_of("dataset", slot);
        std::string after;
        std::size_t seen = 0;
        do {
            const Answer page = ask("GET", "/_local/data?dataset=" + dataset + "&limit=5" + after);
            if (page.status == 404 && machine_.find(dataset) == nullptr) break;
            if (page.status != 200) return "GET of " + dataset + ": " + page.text;
            seen += page.body["rows"].size();
            after = page.body.contains("next") ? "&after=" + page.body["next"].get<std::string>() : "";
        } while (!after.empty());
        const std::string found = difference("rows of " + dataset, seen, rows_.count(dataset));
        if (!found.empty()) return found;
        counts[type_of(dataset)] += seen;
    }
    const Json health = ask("GET", "/_local/health").body["rows"];
    return difference("rows in health", Json{health["items"], health["interactions"]},
                      Json{counts["ITEMS"], counts["INTERACTIONS"]});
}

/// What each campaign and recommender that is ACTIVE answers to each user. Those of a group without rows are left out:
/// what they answer follows from the rows that the group had before, which no snapshot has.
Json DeploymentWalk::all_answers() {
    Json answers = Json::object();
    for (const Resource& each : machine_.resources()) {
        if ((each.kind->name != "campaign" && each.kind->name != "recommender") || each.status() != "ACTIVE") continue;
        const std::string group = group_answered(each);
        if (rows_.count(dataset_in(group, "ITEMS")) + rows_.count(dataset_in(group, "INTERACTIONS")) == 0) continue;
        for (int user = 0; user < users; ++user) {
            const Json input = {{each.kind->arn_member(), each.arn}, {"userId", user_of(user)}};
            answers[each.arn + " for " + user_of(user)] =
                answered_in(ask("POST", "/recommendations", input).body["itemList"]);
        }
    }
    return answers;
}

}  // namespace plocal::deployment
