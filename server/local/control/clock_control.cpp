#include "server/local/control/clock_control.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/base/duration.h"
#include "server/base/iso8601.h"
#include "server/local/control/clock_jump.h"
#include "server/local/control/control_error.h"
#include "server/local/control/load_turn.h"
#include "server/local/world/clock_setting.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/resources/life.h"

namespace plocal::control {
namespace {

using base::Instant;
using base::Json;
using world::World;

/// The accounts that live by the clock of `account`; "" names the common clock.
std::vector<std::string> accounts_on_clock(World& world, const std::string& account) {
    if (!account.empty()) return {account};
    std::vector<std::string> accounts = world.store().counts().accounts();
    std::erase_if(accounts, [&world](const std::string& each) { return world.tenants().clocks.has_own(each); });
    return accounts;
}

/// When the last resource on this clock reaches its stable state.
std::optional<Instant> stable_moment(World& world, const std::string& account) {
    std::optional<Instant> latest;
    for (const std::string& each : accounts_on_clock(world, account)) {
        latest = std::max(latest, resources::latest_stable(world.store(), each));
    }
    return latest;
}

bool is_begun_by_request(const storage::Record& record) {
    return record.timeline.origin != lifecycle::cause_timer;
}

// A jump of a clock that another one moves is checked again when that one has ended, and at the latest after so long.
constexpr std::chrono::milliseconds check_of_another(100);

/// Moves a clock, and waits for the work on it. Until idle, it goes from stable moment to stable moment: what is due at
/// one may begin something new.
class Advance {
public:
    /// `by` is nothing for an advance until idle.
    Advance(World& world, const std::string& account, std::optional<std::chrono::milliseconds> by)
        : world_(world), account_(account), by_(by), jump_(world, account) {}

    Checked check(RealTime now, bool is_stopping);

private:
    enum class Aim { found, none, another_moves };

    Aim find_aim();
    std::optional<Instant> next_stable();
    bool is_working();

    World& world_;
    std::string account_;
    std::optional<std::chrono::milliseconds> by_;
    ClockJump jump_;
    int rounds_ = 0;
};

Checked Advance::check(RealTime now, bool is_stopping) {
    const RealTime end = world_.due().end_of_slice();
    Aim aim = Aim::found;
    while (jump_.is_under_way() || (aim = find_aim()) == Aim::found) {
        if (is_stopping) throw jump_.refusal_at_stop();
        jump_.step(end);
        if (jump_.is_under_way() || std::chrono::steady_clock::now() >= end) return now;
    }
    if (aim == Aim::another_moves) {
        if (is_stopping) throw jump_.refusal_at_stop();
        return now + check_of_another;
    }
    jump_.end();
    if (is_working()) {
        if (is_stopping)
            throw ControlError(503, "the server stops; the clock has been moved, but the work has not ended");
        return much_later(now);
    }
    world_.jump_clock(account_, jump_.clock().now());
    return jump_.answer();
}

/// Heads for the next moment, if there is one to go to now.
Advance::Aim Advance::find_aim() {
    constexpr int most_rounds = 100;  // a lifecycle longer than a schedule's period is never idle
    const bool is_over = jump_.is_bounded() || (by_ && rounds_ > 0) || (!by_ && (is_working() || !next_stable()));
    if (is_over) return Aim::none;
    if (!jump_.begin()) return Aim::another_moves;
    if (rounds_++ == most_rounds) {
        jump_.bound("after " + std::to_string(most_rounds) + " rounds: each has begun something new");
        return Aim::none;
    }
    jump_.aim(by_ ? jump_.clock().now() + *by_ : *next_stable());
    return Aim::found;
}

/// When the last resource on this clock reaches its stable state, if that is still to come.
std::optional<Instant> Advance::next_stable() {
    const std::optional<Instant> stable = stable_moment(world_, account_);
    const bool is_to_come = stable && *stable > jump_.clock().now() && *stable <= ClockJump::latest_moment();
    return is_to_come ? stable : std::nullopt;
}

bool Advance::is_working() {
    const Instant now = jump_.clock().now();
    const std::vector<std::string> accounts = accounts_on_clock(world_, account_);
    return std::ranges::any_of(accounts, [&](const std::string& each) {
        return world_.store().work().any_begun(each, now, is_begun_by_request);
    });
}

/// Changes a clock. On the way to a later moment, it does what is due; at an earlier one, the fixtures begin again.
class Put {
public:
    Put(World& world, const std::string& account, world::ClockChange change)
        : world_(world), account_(account), change_(change), jump_(world, account) {}

    Checked check(RealTime now, bool is_stopping);

private:
    Checked apply(RealTime now, bool is_stopping);
    std::optional<RealTime> set_back(RealTime now);

    World& world_;
    std::string account_;
    world::ClockChange change_;
    ClockJump jump_;
    bool has_aimed_ = false;
    std::shared_ptr<world::Loading> fixtures_;  // while the clock is being set back
};

Checked Put::check(RealTime now, bool is_stopping) {
    if (!has_aimed_ && change_.now && *change_.now > jump_.clock().now()) {
        if (!jump_.begin()) {
            if (is_stopping) throw jump_.refusal_at_stop();
            return now + check_of_another;
        }
        jump_.aim(*change_.now);
        has_aimed_ = true;
    }
    if (jump_.is_under_way()) {
        if (is_stopping) throw jump_.refusal_at_stop();
        const bool is_before = jump_.clock().now() < *change_.now;
        jump_.step(world_.due().end_of_slice());
        if (jump_.is_under_way()) return now;
        // A running clock has gone on a little. Unless it was there before, no request has read it there.
        const bool is_exact = is_before && !jump_.is_bounded();
        if (!is_exact) change_.now = jump_.clock().now();
    }
    jump_.end();
    return apply(now, is_stopping);
}

Checked Put::apply(RealTime now, bool is_stopping) {
    if (fixtures_ != nullptr || (!has_aimed_ && world_.sets_clock_back(account_, change_))) {
        if (is_stopping) throw ControlError(503, "the server stops; the clock has not been set back");
        if (const std::optional<RealTime> next = set_back(now)) return *next;
    } else {
        world_.put_clock(account_, change_);
    }
    return jump_.answer();
}

/// Returns when to go on, or nothing once the clock is set back.
std::optional<RealTime> Put::set_back(RealTime now) {
    try {
        if (fixtures_ == nullptr) {
            fixtures_ = std::make_shared<world::Loading>(world_.set_clock_back(account_, change_));
        }
        return take_turn(world_, *fixtures_, now);
    } catch (const world::Conflict& conflict) {
        throw ControlError(409,
                           "time never runs back: it is " + base::iso8601(jump_.clock().now()) + " already, and " +
                               conflict.what() + "; choose a later moment, or POST /_local/reset first",
                           "/now");
    }
}

}  // namespace

Json get_clock(World& world, const ControlCall& call) {
    return world::to_json(world.tenants().clocks.of(call.account).state());
}

LongCall put_clock(World& world, const ControlCall& call) {
    std::vector<base::Problem> problems;
    const world::ClockChange change = world::read_clock_change(call.json(), problems);
    refuse_problems(problems);
    return {"", [put = Put(world, call.account, change)](RealTime now, bool is_stopping) mutable {
                return put.check(now, is_stopping);
            }};
}

LongCall advance_clock(World& world, const ControlCall& call) {
    const Json body = call.json();
    if (!body.is_object() || body.size() != 1 || !(body.contains("by") || body.contains("until"))) {
        refuse_problem({"", R"({"by": "90s"} or {"until": "idle"})", base::excerpt(body)});
    }
    std::optional<std::chrono::milliseconds> by;
    if (body.contains("by")) {
        const auto* const text = body["by"].get_ptr<const std::string*>();
        by = text == nullptr ? std::nullopt : base::parse_duration(*text);
        if (!by) refuse_problem({"/by", std::string(base::duration_form), base::excerpt(body["by"])});
    } else if (body["until"] != "idle") {
        refuse_problem({"/until", "\"idle\"", base::excerpt(body["until"])});
    }
    return {"", [advance = Advance(world, call.account, by)](RealTime now, bool is_stopping) mutable {
                return advance.check(now, is_stopping);
            }};
}

}  // namespace plocal::control
