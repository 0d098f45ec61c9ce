// One random walk: calls for resources of every kind, each compared with the reference model of deployment_machine.h.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/world.h"
#include "tests/unit/local/control/deployment_machine.h"
#include "tests/unit/local/control/deployment_rows.h"
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
    transition,
    import_rows,
    put_rows,
    recommend,
    replace_state,
    restart,
    compare_all
};

/// One call: the action, the kind, the number of the name, and a number that selects the input. All numbers are valid.
struct DeploymentStep {
    Act act = Act::compare_all;
    std::string kind = "schema";
    int slot = 0;
    int choice = 0;
};

/// How many names a kind has in a walk.
int slots_of(const std::string& kind);

/// The steps as text, one a line.
std::string to_text(const std::vector<DeploymentStep>& walk);

/// The server and the reference model. Each step runs on both and returns the difference, or an empty text.
class DeploymentWalk {
public:
    explicit DeploymentWalk(bool has_file) : has_file_(has_file) { open(); }

    std::string take(const DeploymentStep& step);

    /// Resets the server and the model, which is faster than building new ones. For a walk without a file.
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
    std::string transition(const DeploymentStep& step);
    std::string replace_state();
    std::string restart();
    std::string compare_all();
    std::string advance(const DeploymentStep& step);
    std::string take_one(const DeploymentStep& step);

    void pass_a_millisecond();
    std::string import_rows(const DeploymentStep& step);
    std::string put_rows(const DeploymentStep& step);
    support::Answer put_items(const std::string& dataset, const std::vector<WalkRow>& rows);
    support::Answer put_events(const std::string& group, const std::vector<WalkRow>& rows);
    void add_rows(const std::string& dataset, const std::vector<WalkRow>& rows);
    std::string recommend(const DeploymentStep& step);
    std::string compare_rows();
    Json all_answers();
    std::string tracker_of(const std::string& group);
    std::string group_answered(const Resource& source);
    bool is_usable(const std::string& arn);
    bool may_filter(const std::string& source, const std::string& filter);

    const bool has_file_;
    const storage::TemporaryFolder folder_;
    std::unique_ptr<support::World> world_;
    Machine machine_{support::World::start_time().time_since_epoch().count()};
    std::map<std::pair<std::string, int>, std::string> generated_arns_;  // by kind and slot
    RowBook rows_;
    std::int64_t events_ = 0;  // so far, so that each has a moment of its own
};

}  // namespace plocal::deployment
