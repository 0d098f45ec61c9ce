#include "tests/unit/local/control/walk.h"

#include <algorithm>
#include <utility>

#include "server/base/iso8601.h"

namespace plocal::control {

using base::Json;
using reference::Job;
using reference::Ms;
using support::Answer;

namespace {

const char* const move_names[] = {"create",    "describe",           "list",       "history",       "wait",
                                  "advance",   "advance_until_idle", "transition", "transition_to", "plan",
                                  "fail_rule", "throttle_rule",      "restart",    "reset"};
const char* const statuses[] = {"PENDING", "IN PROGRESS", "ACTIVE", "CREATE FAILED"};
const char* const progressions[] = {"time", "immediate", "calls", "manual"};

std::string iso(Ms moment) {
    return base::iso8601(base::Instant(std::chrono::milliseconds(moment)));
}

}  // namespace

std::string to_text(const std::vector<WalkStep>& walk) {
    std::string text;
    for (const WalkStep& step : walk) {
        text += std::string("\n    ") + move_names[static_cast<int>(step.move)] + " job " + std::to_string(step.job) +
                " choice " + std::to_string(step.choice);
    }
    return text;
}

Json Walk::summary(const Job& job) const {
    Json members = {{"status", job.status()},
                    {"creationDateTime", static_cast<double>(job.created) / 1000},
                    {"lastUpdatedDateTime", static_cast<double>(job.past.back().at) / 1000}};
    if (job.status() == "CREATE FAILED" && !job.failure_reason.empty()) members["failureReason"] = job.failure_reason;
    return members;
}

std::string Walk::create(int job) {
    const Answer answer = world_->call("CreateBatchInferenceJob", support::create_input(name_of(job)));
    const bool is_made = machine_.create(name_of(job));
    return difference("create", answer.status == 200 ? "made" : answer.error(),
                      is_made ? "made" : "ResourceAlreadyExistsException");
}

std::string Walk::describe(int job) {
    const Answer answer = world_->call("DescribeBatchInferenceJob", {{"batchInferenceJobArn", arn_of(job)}});
    if (machine_.throttled > 0) {
        --machine_.throttled;
        return difference("describe", answer.error(), "ThrottlingException");
    }
    Job* const expected = machine_.find(name_of(job));
    if (expected == nullptr) return difference("describe", answer.error(), "ResourceNotFoundException");
    Json seen;
    for (const char* const member : {"status", "creationDateTime", "lastUpdatedDateTime", "failureReason"}) {
        const Json& described = answer.body["batchInferenceJob"];
        if (described.contains(member)) seen[member] = described[member];
    }
    std::string found = difference("describe", seen, summary(*expected));
    machine_.count_poll(*expected);
    return found;
}

std::string Walk::list() {
    const Json answer = world_->call("ListBatchInferenceJobs", Json::object()).body["batchInferenceJobs"];
    Json expected = Json::array();
    for (auto job = machine_.jobs().rbegin(); job != machine_.jobs().rend(); ++job) {
        expected.push_back({job->name, job->status()});
    }
    Json seen = Json::array();
    for (const Json& job : answer) seen.push_back({job["jobName"], job["status"]});
    return difference("list", seen, expected);
}

std::string Walk::history(int job) {
    const Answer answer = ask("GET", "/_local/history?arn=" + arn_of(job));
    const Job* const known = machine_.find(name_of(job));
    if (known == nullptr) return difference("history", answer.status, 404);
    Json expected = Json::array();
    for (const reference::StatusChange& each : known->past) {
        expected.push_back({{"status", each.status}, {"at", iso(each.at)}, {"cause", each.cause}});
    }
    Json seen = answer.body["history"];
    for (Json& each : seen) {
        if (each["cause"].get<std::string>().starts_with("rule:")) each["cause"] = "rule";
    }
    return difference("history", seen, expected);
}

std::string Walk::wait(int job, const std::string& status) {
    std::string target = "/_local/wait?timeout=0s&arn=" + arn_of(job);
    if (!status.empty())
        target += "&status=" + std::string(status == "IN PROGRESS"     ? "IN%20PROGRESS"
                                           : status == "CREATE FAILED" ? "CREATE+FAILED"
                                                                       : status);
    const Answer answer = ask("GET", target);
    const Job* const known = machine_.find(name_of(job));
    if (known == nullptr) return difference("wait", answer.status, 404);
    const bool has_status = status.empty() ? known->is_terminal() : known->status() == status;
    if (has_status) {
        return difference(
            "wait", answer.body,
            {{"arn", arn_of(job)}, {"status", known->status()}, {"lastUpdatedDateTime", iso(known->past.back().at)}});
    }
    const bool can_reach = status.empty() || std::ranges::find(known->ahead, status) != known->ahead.end();
    return difference("wait", answer.status, can_reach ? 408 : 409);
}

std::string Walk::transition(int job, Json more) {
    more["arn"] = arn_of(job);
    const Answer answer = ask("POST", "/_local/transition", more);
    Job* const known = machine_.find(name_of(job));
    if (known == nullptr) return difference("transition", answer.status, 404);
    const bool is_accepted = more.contains("to") ? machine_.transition_to(*known, more["to"], more.contains("force"))
                                                 : machine_.transition(*known);
    if (!is_accepted) return difference("transition", answer.status, 409);
    return difference("transition", answer.body.value("status", answer.text), known->status());
}

std::string Walk::set_plan(int choice) {
    reference::Plan& plan = machine_.plan;
    plan.progression = static_cast<reference::Progression>(choice % 4);
    plan.pending = 500 * (choice / 4);
    plan.in_progress = 700;
    plan.calls = 1 + choice / 8;
    const Json change = {{"progression", progressions[choice % 4]},
                         {"pending", std::to_string(plan.pending) + "ms"},
                         {"inProgress", std::to_string(plan.in_progress) + "ms"},
                         {"calls", plan.calls}};
    return difference("plan", ask("PUT", "/_local/lifecycle", {{"batchInferenceJob", change}}).status, 200);
}

/// Restarts on the same file. Without a file, loads the state into a new world.
std::string Walk::restart() {
    const std::string before = ask("GET", "/_local/state").text;
    if (has_file_) {
        world_.reset();
        open();
    } else {
        open();
        const Answer put = world_->send({.method = "PUT", .target = "/_local/state", .headers = {}, .body = before});
        if (put.status != 200) return put.text;
    }
    return difference("state", ask("GET", "/_local/state").text, before);
}

std::string Walk::take(const WalkStep& step) {
    switch (step.move) {
        case Move::create:
            return create(step.job);
        case Move::describe:
            return describe(step.job);
        case Move::list:
            return list();
        case Move::history:
            return history(step.job);
        case Move::wait:
            return wait(step.job, step.choice % 5 == 4 ? "" : statuses[step.choice % 5]);
        case Move::advance:
            machine_.advance(step.choice * 250);
            return difference(
                "advance",
                ask("POST", "/_local/clock/advance", {{"by", std::to_string(step.choice * 250) + "ms"}}).body["now"],
                iso(machine_.now()));
        case Move::advance_until_idle:
            machine_.advance_until_idle();
            return difference("idle", ask("POST", "/_local/clock/advance", {{"until", "idle"}}).body["now"],
                              iso(machine_.now()));
        case Move::transition:
            return transition(step.job, Json::object());
        case Move::transition_to: {
            Json more = {{"to", statuses[step.choice % 4]}};
            if (step.choice % 3 == 0) more["force"] = true;
            return transition(step.job, more);
        }
        case Move::plan:
            return set_plan(step.choice);
        case Move::fail_rule:
            machine_.fail_rules.push_back({name_of(step.job), 1 + step.choice % 2});
            return difference("rule",
                              ask("POST", "/_local/rules",
                                  {{"match", {{"jobName", name_of(step.job) + "*"}}},
                                   {"times", 1 + step.choice % 2},
                                   {"lifecycle", {{"outcome", "CREATE FAILED"}, {"failureReason", "by rule"}}}})
                                  .status,
                              200);
        case Move::throttle_rule:
            machine_.throttled += step.choice % 3 + 1;
            return difference("rule",
                              ask("POST", "/_local/rules",
                                  {{"match", {{"operation", "Describe*"}}},
                                   {"times", step.choice % 3 + 1},
                                   {"error", {{"type", "ThrottlingException"}}}})
                                  .status,
                              200);
        case Move::restart:
            return restart();
        case Move::reset:
            machine_.reset(support::World::start_time().time_since_epoch().count());
            return difference("reset", ask("POST", "/_local/reset").status, 200);
    }
    return "no such move";
}

}  // namespace plocal::control
