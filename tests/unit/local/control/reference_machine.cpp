#include "tests/unit/local/control/reference_machine.h"

#include <algorithm>

namespace plocal::reference {

bool Machine::create(const std::string& name) {
    if (find(name) != nullptr) return false;
    Job job{.name = name, .created = now_, .past = {}, .ahead = {}, .plan = plan, .failure_reason = {}};
    const bool fails = takes_failure(name);
    job.past.push_back({"PENDING", now_, fails ? "rule" : "call"});
    job.ahead = {"IN PROGRESS", fails ? "CREATE FAILED" : "ACTIVE"};
    if (fails) job.failure_reason = "by rule";
    jobs_.push_back(job);
    run_due(jobs_.back());
    return true;
}

Job* Machine::find(const std::string& name) {
    const auto found = std::ranges::find(jobs_, name, &Job::name);
    return found == jobs_.end() ? nullptr : &*found;
}

void Machine::count_poll(Job& job) {
    if (job.plan.progression != Progression::calls || job.ahead.empty()) return;
    if (++job.polls < job.plan.calls) return;
    move(job, now_, "call");
}

void Machine::advance(Ms by) {
    now_ += by;
    for (Job& job : jobs_) run_due(job);
}

void Machine::advance_until_idle() {
    for (;;) {
        std::optional<Ms> next;
        for (const Job& job : jobs_) {
            if (const auto moment = due(job); moment && (!next || *moment < *next)) next = moment;
        }
        if (!next) return;
        advance(*next - now_);
    }
}

bool Machine::transition(Job& job) {
    if (job.is_terminal()) return false;
    move(job, now_, "command");
    run_due(job);
    return true;
}

bool Machine::transition_to(Job& job, const std::string& status, bool is_forced) {
    if (job.is_terminal() && !is_forced) return false;
    const auto ahead = std::ranges::find(job.ahead, status);
    if (ahead != job.ahead.end()) {
        job.ahead.erase(job.ahead.begin(), ahead);
    } else {
        job.ahead = {status};
        if (status == "PENDING") job.ahead.push_back("IN PROGRESS");
        if (status == "PENDING" || status == "IN PROGRESS") job.ahead.push_back("ACTIVE");
        job.plan = plan;
        job.failure_reason.clear();
    }
    if (status == "CREATE FAILED" && job.failure_reason.empty()) {
        job.failure_reason = "It was made to fail, without a reason.";
    }
    move(job, now_, "command");
    run_due(job);
    return true;
}

void Machine::reset(Ms now) {
    *this = Machine(now);
}

std::optional<Ms> Machine::due(const Job& job) const {
    if (job.ahead.empty()) return std::nullopt;
    if (job.plan.progression == Progression::immediate) return job.past.back().at;
    if (job.plan.progression != Progression::time) return std::nullopt;
    return job.past.back().at + (job.status() == "PENDING" ? job.plan.pending : job.plan.in_progress);
}

void Machine::run_due(Job& job) {
    for (auto moment = due(job); moment && *moment <= now_; moment = due(job)) move(job, *moment, "timer");
}

void Machine::move(Job& job, Ms at, const char* cause) {
    job.past.push_back({job.ahead.front(), at, cause});
    job.ahead.erase(job.ahead.begin());
    job.polls = 0;
}

bool Machine::takes_failure(const std::string& name) {
    for (FailRule& rule : fail_rules) {
        if (rule.times == 0 || !name.starts_with(rule.prefix)) continue;
        --rule.times;
        return true;
    }
    return false;
}

}  // namespace plocal::reference
