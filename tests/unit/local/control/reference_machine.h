// A reference model of batch inference jobs. It changes each status step by step as time passes, where the server
// computes a status when it is asked. It is built only from what clients see.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/base/json.h"

namespace plocal::reference {

using Ms = std::int64_t;

enum class Progression { time, immediate, calls, manual };

/// How the statuses of new jobs proceed.
struct Plan {
    Progression progression = Progression::time;
    Ms pending = 1'000;
    Ms in_progress = 2'000;
    int calls = 2;
};

struct StatusChange {
    std::string status;
    Ms at = 0;
    std::string cause;
};

struct Job {
    std::string name;
    Ms created = 0;
    std::vector<StatusChange> past;  // the current status last
    std::vector<std::string> ahead;
    Plan plan;
    std::string failure_reason;
    int polls = 0;

    const std::string& status() const { return past.back().status; }
    bool is_terminal() const { return status() == "ACTIVE" || status() == "CREATE FAILED"; }
};

/// A rule that makes the next `times` jobs fail whose names begin with `prefix`.
struct FailRule {
    std::string prefix;
    int times = 0;
};

class Machine {
public:
    explicit Machine(Ms now) : now_(now) {}

    /// Returns false if a job has this name.
    bool create(const std::string& name);
    Job* find(const std::string& name);
    const std::vector<Job>& jobs() const { return jobs_; }

    /// Counts one successful Describe.
    void count_poll(Job& job);

    void advance(Ms by);
    void advance_until_idle();

    /// Force a transition, to the next status or to this one. Return false if the call is refused.
    bool transition(Job& job);
    bool transition_to(Job& job, const std::string& status, bool is_forced);

    void reset(Ms now);

    Ms now() const { return now_; }
    Plan plan;
    std::vector<FailRule> fail_rules;
    int throttled = 0;  // how many of the next Describes are refused

private:
    std::optional<Ms> due(const Job& job) const;
    void run_due(Job& job);
    void move(Job& job, Ms at, const char* cause);
    bool takes_failure(const std::string& name);

    Ms now_;
    std::vector<Job> jobs_;  // in order of creation
};

}  // namespace plocal::reference
