// A reference model of all resources of an account. It changes each status step by step as time passes, where the
// server computes a status when it is asked. It is built from the documented rules and from what clients see. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"

namespace plocal::deployment {

using base::Json;
using Ms = std::int64_t;

/// The statuses of a transition from one stable status to the next. A status that does not exist is empty.
struct Transition {
    std::string_view pending;
    std::string_view in_progress;
    std::string_view success;
    std::string_view failure;
};

struct Kind {
    std::string name;                     // "campaign"
    std::string type;                     // as ARNs spell it
    std::string parent;                   // the input of List that names a parent; empty if there is none
    const Transition* creation;           // null for a kind without a status
    const Transition* deletion;           // null for a kind that has no Delete, or is deleted at once
    std::string shown_once_created = {};  // a member that Describe shows once the creation has succeeded
    bool takes_tags = true;

    std::string noun() const;  // "Campaign"
    std::string arn_member() const { return name + "Arn"; }
    std::string name_member() const { return name.ends_with("Job") ? "jobName" : "name"; }
    std::string list_member() const { return name == "filter" ? "Filters" : name + "s"; }
    std::string update_member() const { return "latest" + noun() + "Update"; }
};

/// All kinds, each after the kinds that it names.
std::span<const Kind> kinds();
const Kind& kind_named(std::string_view name);

enum class Progression { time, immediate, calls, manual };

/// How a transition proceeds.
struct Plan {
    Progression progression = Progression::time;
    Ms pending = 1'000;
    Ms in_progress = 2'000;
    int calls = 2;
    bool fails = false;
    std::string failure_reason = {};
};

struct StatusChange {
    std::string status;
    Ms at = 0;
};

/// The latest update of a resource.
struct Update {
    Json change;
    std::string status;  // in the words of a creation: CREATE PENDING
    std::string failure_reason;
    Ms began = 0;
    Ms changed = 0;
};

struct Resource {
    const Kind* kind = nullptr;
    std::string arn;
    Ms created = 0;
    Ms changed = 0;
    Json members;                         // as Describe shows them, without status and dates
    std::vector<StatusChange> past = {};  // the current status last; empty for a kind without a status
    std::vector<std::string> ahead = {};
    const Transition* transition = nullptr;  // the current or the last one
    Plan plan = {};
    int polls = 0;
    bool is_created = false;          // the creation has succeeded
    std::string failure_reason = {};  // of the creation
    std::optional<Update> update = {};
    std::string before_update = {};  // the status during an update that is not shown, and after a failed one
    std::map<std::string, std::string> tags = {};
    std::vector<std::string> metrics = {};  // the names of the metrics of an attribution

    bool is_in_progress() const { return !ahead.empty(); }
    std::string status() const;
};

class Machine {
public:
    explicit Machine(Ms now) : now_(now) {}

    /// Each of these makes one call. Returns the error, or an empty text for a success. A created resource is the last
    /// one of `resources()`. Its ARN is empty if the server generates it: the caller fills it in.
    std::string create(const Kind& kind, const Json& input);
    std::string update(const Kind& kind, const Json& input);
    std::string remove(const Kind& kind, const std::string& arn);
    std::string stop(const std::string& recommender);
    std::string start(const std::string& recommender);
    std::string stop_training(const std::string& version);

    /// Returns the error of a call for the tags of a resource; empty if such calls succeed.
    std::string taggable(const Kind& kind, const std::string& arn) const;

    /// Returns null if there is no such resource.
    Resource* find(const std::string& arn);
    const Resource* find(const std::string& arn) const { return const_cast<Machine*>(this)->find(arn); }
    std::vector<Resource>& resources() { return resources_; }

    /// The output of Describe. The caller reports each Describe by `count_poll`.
    Json described(const Resource& resource) const;
    void count_poll(Resource& resource);

    /// The resources of a kind, newest first. With a parent, only its children.
    std::vector<const Resource*> listed(const Kind& kind, const std::string& parent) const;

    /// Forces a transition to `to`, or to the next status if that is empty. Returns false if the call is refused.
    bool transition(const std::string& arn, const std::string& to, bool is_forced);

    void advance(Ms by);
    void advance_until_idle();
    Ms now() const { return now_; }

    std::map<std::string, Plan> plans;  // by kind, and "default"

private:
    std::string refusal(const Kind& kind, const Json& input) const;
    std::string refused_dataset(const Json& input) const;
    std::string refused_one_a_group(const Kind& kind, const Json& input) const;
    std::string refused_solution(const Json& input) const;
    std::string refused_recommender(const Json& input) const;
    std::string refused_batch_job(const Kind& kind, const Json& input) const;
    std::string refused_campaign_version(const Json& input) const;
    std::string refused_update(const Resource& resource, const Json& input) const;
    std::string update_metrics(Resource& resource, const Json& input) const;

    std::string refused_reference(const std::string& arn, std::string_view kind) const;
    std::string refused_training(const std::string& group) const;
    std::string resolved_version(const std::string& version) const;
    std::string version_of(const Resource& campaign) const;
    bool blocks(const Resource& other, const Resource& resource) const;
    bool blocks_dataset(const Resource& other, const Resource& dataset) const;
    std::vector<std::string> solutions_of(const Resource& resource) const;
    std::string arn_of(const Kind& kind, const Json& input) const;
    Json members_of(const Kind& kind, const Json& input) const;
    Json change_of(const Resource& resource, const Json& input) const;

    Plan plan_for(const std::string& kind, bool is_creation) const;
    std::optional<Ms> due(const Resource& resource) const;
    void start_transition(Resource& resource, const Transition& transition, const Plan& plan);
    void move(Resource& resource, Ms at);
    void run_due(Resource& resource);
    void remove_deleted();

    Ms now_;
    std::vector<Resource> resources_;  // in order of creation
};

/// The ARN of the solution of a version.
std::string solution_of(const std::string& version);

}  // namespace plocal::deployment
