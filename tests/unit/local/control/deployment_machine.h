// All that an account can have and what becomes of it, told a second time and in another way: this machine moves
// everything onward step by step as time passes, where the server works out where a resource stands when it is asked.
// It knows the documented rules and the outside alone. Pure.
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

/// From one rest to the next; a status that a way does not have is empty.
struct Way {
    std::string_view pending;
    std::string_view in_progress;
    std::string_view success;
    std::string_view failure;
};

struct Kind {
    std::string name;              // "campaign"
    std::string type;              // as ARNs have it
    std::string parent;            // the member of its List that narrows it; empty for none
    const Way* creation;           // null for a kind without a status
    const Way* deletion;           // null where it cannot be deleted, or goes at once
    std::string done_member = {};  // what is told once its creation has succeeded
    bool takes_tags = true;

    std::string noun() const;  // "Campaign"
    std::string arn_member() const { return name + "Arn"; }
    std::string name_member() const { return name.ends_with("Job") ? "jobName" : "name"; }
    std::string list_member() const { return name == "filter" ? "Filters" : name + "s"; }
    std::string update_member() const { return "latest" + noun() + "Update"; }
};

/// Ordered so that what others name comes first.
std::span<const Kind> kinds();
const Kind& kind_named(std::string_view name);

enum class Pace { time, immediate, calls, manual };

/// How what is made, or set out on a way, lives.
struct Plan {
    Pace pace = Pace::time;
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

/// The latest one.
struct Update {
    Json change;
    std::string status;  // in a creation's words
    std::string failure_reason;
    Ms began = 0;
    Ms changed = 0;
};

struct Thing {
    const Kind* kind = nullptr;
    std::string arn;
    Ms created = 0;
    Ms changed = 0;
    Json members;                         // as Describe tells them, but for the life
    std::vector<StatusChange> past = {};  // where it is now last; empty for a kind without a status
    std::vector<std::string> ahead = {};
    const Way* way = nullptr;  // the one that it is on, or has gone last
    Plan plan = {};
    int polls = 0;
    bool is_done = false;             // its creation has succeeded
    std::string failure_reason = {};  // its creation's
    std::optional<Update> update = {};
    std::string before_update = {};  // the status that it keeps, or falls back to
    std::map<std::string, std::string> tags = {};
    std::vector<std::string> metrics = {};  // an attribution's, by name

    bool is_on_its_way() const { return !ahead.empty(); }
    std::string status() const;
};

class Machine {
public:
    explicit Machine(Ms now) : now_(now) {}

    /// What each call is refused with; empty where it is done. What was created is the last one of `things()`; an ARN
    /// whose end is made is the caller's to fill in.
    std::string create(const Kind& kind, const Json& input);
    std::string update(const Kind& kind, const Json& input);
    std::string remove(const Kind& kind, const std::string& arn);
    std::string stop(const std::string& recommender);
    std::string start(const std::string& recommender);
    std::string stop_training(const std::string& version);

    /// Whether tags of it can be spoken of.
    std::string taggable(const Kind& kind, const std::string& arn) const;

    /// Null where there is none.
    Thing* find(const std::string& arn);
    const Thing* find(const std::string& arn) const { return const_cast<Machine*>(this)->find(arn); }
    std::vector<Thing>& things() { return things_; }

    /// What Describe tells; `look` is that it has done so.
    Json described(const Thing& thing) const;
    void look(Thing& thing);

    /// Newest first; those of one parent where it is given.
    std::vector<const Thing*> listed(const Kind& kind, const std::string& parent) const;

    /// One step onward where `to` is empty. False where it has come to its end.
    bool push(const std::string& arn, const std::string& to, bool is_forced);

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
    std::string refused_update(const Thing& thing, const Json& input) const;
    std::string update_metrics(Thing& thing, const Json& input) const;

    std::string unfit(const std::string& arn, std::string_view kind) const;
    std::string untrainable(const std::string& group) const;
    std::string resolved(const std::string& version) const;
    std::string version_of(const Thing& campaign) const;
    bool blocks(const Thing& other, const Thing& thing) const;
    std::string arn_of(const Kind& kind, const Json& input) const;
    Json members_of(const Kind& kind, const Json& input) const;
    Json change_of(const Thing& thing, const Json& input) const;

    Plan plan_for(const std::string& kind, bool is_birth) const;
    std::optional<Ms> due(const Thing& thing) const;
    void start_transition(Thing& thing, const Way& way, const Plan& plan);
    void move(Thing& thing, Ms at);
    void run_due(Thing& thing);
    void sweep();

    Ms now_;
    std::vector<Thing> things_;  // in order of creation
};

/// Whose campaign one is that deploys this version.
std::string solution_of(const std::string& version);

}  // namespace plocal::deployment
