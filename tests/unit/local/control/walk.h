// One random walk: calls for batch inference jobs, each compared with the reference model of reference_machine.h.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/support/world.h"
#include "tests/unit/local/control/reference_machine.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::control {

enum class Move {
    create,
    describe,
    list,
    history,
    wait,
    advance,
    advance_until_idle,
    transition,
    transition_to,
    plan,
    fail_rule,
    throttle_rule,
    restart,
    reset
};

struct WalkStep {
    Move move = Move::list;
    int job = 0;
    int choice = 0;
};

/// The steps as text, one a line.
std::string to_text(const std::vector<WalkStep>& walk);

/// The server and the reference model. Each step runs on both and returns the difference, or an empty text.
class Walk {
public:
    explicit Walk(bool has_file) : has_file_(has_file) { open(); }

    std::string take(const WalkStep& step);

private:
    static world::WorldConfig config() {
        world::WorldConfig config{.clock = lifecycle::Clock::frozen(support::World::start_time())};
        config.documents.push_back(
            {"version.json",
             base::Json{{"solutionVersion", {{"solutionVersionArn", support::arn("solution/movies/1234abcd")}}}}
                 .dump()});
        return config;
    }

    void open() {
        world_ = std::make_unique<support::World>(support::World::Made(), config(),
                                                  has_file_ ? folder_.file("db") : ":memory:");
    }

    static std::string name_of(int job) { return "job-" + std::to_string(job); }
    static std::string arn_of(int job) { return support::arn("batch-inference-job/" + name_of(job)); }

    support::Answer ask(const char* method, const std::string& target, const base::Json& body = nullptr) {
        const std::string text = body.is_null() ? "" : body.dump();
        return world_->send({.method = method, .target = target, .headers = {}, .body = text});
    }

    static std::string difference(const char* what, const base::Json& is, const base::Json& expected) {
        return is == expected ? "" : std::string(what) + " is " + is.dump() + ", expected " + expected.dump();
    }

    std::string create(int job);
    std::string describe(int job);
    std::string list();
    std::string history(int job);
    std::string wait(int job, const std::string& status);
    std::string transition(int job, base::Json more);
    std::string set_plan(int choice);
    std::string restart();
    base::Json summary(const reference::Job& job) const;

    const bool has_file_;
    const storage::TemporaryFolder folder_;
    std::unique_ptr<support::World> world_;
    reference::Machine machine_{support::World::start_time().time_since_epoch().count()};
};

}  // namespace plocal::control
