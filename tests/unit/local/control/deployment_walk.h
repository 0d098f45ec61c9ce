// One walk through a world with resources of every kind, each step held against a machine of its own.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/world.h"
#include "tests/unit/local/control/deployment_machine.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::deployment {

enum class Act {
    create,
    describe,
    list,
    update,
    remove,
    start,
    stop,
    stop_training,
    tag,
    untag,
    tags,
    metrics,
    history,
    advance,
    advance_until_idle,
    plan,
    push,
    put_back,
    move_house,
    look_around
};

/// What is done, to which of the kind's names, and how: every number means something.
struct DeploymentStep {
    Act act = Act::look_around;
    std::string kind = "schema";
    int slot = 0;
    int choice = 0;
};

/// How many names a kind has in a walk.
int slots_of(const std::string& kind);

/// In a walk's own words, a line a step.
std::string told(const std::vector<DeploymentStep>& walk);

/// The server and the machine, side by side. Every step returns what differs, or nothing.
class DeploymentWalk {
public:
    explicit DeploymentWalk(bool has_file) : has_file_(has_file) { open(); }

    std::string take(const DeploymentStep& step);

    /// Empties the world, which takes less time than making a new one. For a walk without a file.
    void begin_again();

private:
    void open();
    support::Answer ask(const char* method, const std::string& target, const Json& body = nullptr);

    std::string arn_of(const std::string& kind, int slot) const;
    Json input_of(const std::string& kind, int slot, int choice) const;
    Json campaign_input(const std::string& name, int choice) const;
    Json job_input(const std::string& kind, const std::string& name, int choice) const;
    Json update_of(const std::string& kind, int slot, int choice) const;

    std::string create(const DeploymentStep& step);
    std::string describe(const Kind& kind, const std::string& arn);
    std::string list(const DeploymentStep& step);
    std::string compare_list(const Kind& kind, const std::string& parent, bool is_in_pages);
    std::string update(const DeploymentStep& step);
    std::string remove(const DeploymentStep& step);
    std::string start_or_stop(const DeploymentStep& step);
    std::string tag(const DeploymentStep& step);
    std::string tags(const Kind& kind, const std::string& arn);
    std::string metrics(const std::string& arn);
    std::string history(const std::string& arn);
    std::string set_plan(const DeploymentStep& step);
    std::string push(const DeploymentStep& step);
    std::string put_back();
    std::string move_house();
    std::string look_around();
    std::string advance(const DeploymentStep& step);

    const bool has_file_;
    const storage::TemporaryFolder folder_;
    std::unique_ptr<support::World> world_;
    Machine machine_{support::World::start_time().time_since_epoch().count()};
    std::map<std::pair<std::string, int>, std::string> made_;  // ARNs whose ends the server has made
};

}  // namespace plocal::deployment
