#include "server/local/control/clock_control.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/base/duration.h"
#include "server/base/iso8601.h"
#include "server/local/control/control_error.h"
#include "server/local/world/clock_setting.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/resources/life.h"

namespace plocal::control {
namespace {

using base::Instant;
using base::Json;
using lifecycle::Clock;
using world::World;

const Instant latest_moment = *base::parse_iso8601("9999-12-31T23:59:59Z");  // that ISO-8601 can write

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

/// Moves a clock, and waits for the work on it. Until idle, it goes from stable moment to stable moment: what is due at
/// one may begin something new.
class Advance {
public:
    /// `by` is nothing for an advance until idle.
    Advance(World& world, std::string account, std::optional<std::chrono::milliseconds> by)
        : world_(world), account_(std::move(account)), by_(by) {}

    Checked check(RealTime now, bool is_stopping);

private:
    Clock& clock() { return world_.tenants().clocks.of(account_); }
    bool is_working();
    void jump_to(Instant moment);
    bool advance_one_round();

    World& world_;
    std::string account_;
    std::optional<std::chrono::milliseconds> by_;
    bool has_jumped_ = false;
    int rounds_ = 0;
};

Checked Advance::check(RealTime now, bool is_stopping) {
    if (by_ && !has_jumped_) jump_to(clock().now() + *by_);
    has_jumped_ = true;
    while (!is_working()) {
        if (!by_ && advance_one_round()) continue;
        jump_to(clock().now());
        return world::to_json(clock().state());
    }
    if (is_stopping) throw ControlError(503, "the server stops; the clock has been moved, but the work has not ended");
    return much_later(now);
}

bool Advance::is_working() {
    const Instant now = clock().now();
    const std::vector<std::string> accounts = accounts_on_clock(world_, account_);
    return std::ranges::any_of(accounts, [&](const std::string& each) {
        return world_.store().work().any_begun(each, now, is_begun_by_request);
    });
}

void Advance::jump_to(Instant moment) {
    if (moment > latest_moment) {
        throw ControlError(400, base::mismatch("a moment before the year 10000", base::iso8601(moment)));
    }
    world_.jump_clock(account_, moment);
}

/// Jumps to the next stable moment and does what is due then. Returns false where there is none.
bool Advance::advance_one_round() {
    constexpr int most_rounds = 100;  // a lifecycle longer than a schedule's period is never idle
    const Instant now = clock().now();
    const Instant stable = stable_moment(world_, account_).value_or(now);
    if (stable <= now || stable > latest_moment || rounds_++ == most_rounds) return false;
    jump_to(stable);
    lifecycle::ClockReadings readings(world_.tenants().clocks);
    world_.run_due(readings);
    return true;
}

}  // namespace

Json get_clock(World& world, const ControlCall& call) {
    return world::to_json(world.tenants().clocks.of(call.account).state());
}

Json put_clock(World& world, const ControlCall& call) {
    std::vector<base::Problem> problems;
    const world::ClockChange change = world::read_clock_change(call.json(), problems);
    refuse_problems(problems);
    if (!world.put_clock(call.account, change)) {
        const Instant now = world.tenants().clocks.of(call.account).now();
        throw ControlError(
            409,
            "time never runs back: it is " + base::iso8601(now) +
                R"( already, and something has been recorded; choose a later moment, or POST /_local/reset first)",
            "/now");
    }
    return get_clock(world, call);
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
