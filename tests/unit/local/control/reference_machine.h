// What jobs do, told a second time and in another way: this machine moves every job onward step by step as time passes,
// where the server works out where a job stands when it is asked. It knows the outside alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/base/json.h"

namespace plocal::reference {

using Ms = std::int64_t;

enum class Way { time, immediate, calls, manual };

/// How new jobs live.
struct Plan {
    Way way = Way::time;
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
    std::vector<StatusChange> past;  // the present status last
    std::vector<std::string> ahead;
    Plan plan;
    std::string failure_reason;
    int polls = 0;

    const std::string& status() const { return past.back().status; }
    bool is_over() const { return status() == "ACTIVE" || status() == "CREATE FAILED"; }
};

/// Makes new jobs whose names begin so fail; so many times.
struct FailRule {
    std::string config;
    int times = 0;
};

class Machine {
public:
    explicit Machine(Ms now) : now_(now) {}

    /// False where there is a job of this name.
    bool create(const std::string& name);
    Job* find(const std::string& name);
    const std::vector<Job>& jobs() const { return jobs_; }

    /// One answered Describe.
    void look(Job& job);

    void advance(Ms by);
    void advance_until_idle();

    /// False where a job has come to its end.
    bool push(Job& job);
    bool push_to(Job& job, const std::string& status, bool is_forced);

    void reset(Ms now);

    Ms now() const { return now_; }
    Plan plan;
    std::vector<FailRule> fail_rules;
    int throttled = 0;  // Describes that are still to be refused

private:
    std::optional<Ms> due(const Job& job) const;
    void run_due(Job& job);
    void move(Job& job, Ms at, const char* cause);
    bool is_to_fail(const std::string& name);

    Ms now_;
    std::vector<Job> jobs_;  // in order of creation
};

}  // namespace plocal::reference
