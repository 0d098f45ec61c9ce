#include "server/local/world/clock_setting.h"

#include <string>
#include <string_view>

#include "server/base/iso8601.h"

namespace plocal::world {
namespace {

using base::Json;
using base::Problem;
using lifecycle::Clock;
using lifecycle::ClockMode;
using lifecycle::ClockState;

using Problems = TenantSetting::Problems;
using Values = TenantSetting::Values;

constexpr const char* real_moment_member = "at";

std::string_view mode_text(ClockMode mode) {
    return mode == ClockMode::frozen ? "frozen" : "real";
}

/// Reads one known member into its place. Returns what was expected where it cannot.
std::string_view read_clock_member(ClockChange& change, std::string_view name, const Json& value) {
    const auto* const text = value.get_ptr<const std::string*>();
    if (name == "mode") {
        if (text != nullptr && (*text == "real" || *text == "frozen")) change.is_frozen = *text == "frozen";
        return change.is_frozen ? "" : "real or frozen";
    }
    if (name == "now") {
        const auto now = text == nullptr ? std::nullopt : base::parse_iso8601(*text);
        if (now && *now < base::Instant()) return "a moment after 1970-01-01T00:00:00Z, where AWS's times begin";
        change.now = now;
        return change.now ? "" : "a moment such as 2026-01-31T12:00:00Z";
    }
    if (value.is_number()) change.speed = value.get<double>();
    const bool fits = change.speed && *change.speed >= Clock::slowest && *change.speed <= Clock::fastest;
    return fits ? "" : "a number from 0.001 to 1000000";
}

ClockChange merged_changes(const Values& values) {
    Problems checked;
    ClockChange change;
    for (const snapshot::SettingValue& value : values) change = read_clock_change(value.json, checked).over(change);
    return change;
}

std::vector<std::string> accounts_with_clock(const TenantSettings& tenants) {
    std::vector<std::string> accounts = tenants.clocks.accounts();
    accounts.emplace_back();  // there is always a common clock
    return accounts;
}

/// The machine's own clock is written without a moment: it is then the same whenever it is loaded.
Json clock_json(TenantSettings& tenants, const std::string& account) {
    if (!account.empty() && !tenants.clocks.has_own(account)) return nullptr;
    const ClockState state = tenants.clocks.of(account).state();
    Json json = to_json(state);
    const bool is_the_machines = state.mode == ClockMode::real && state.speed == 1 && state.service == state.real;
    if (is_the_machines) json.erase("now");
    return json;
}

void resume_clock(TenantSettings& tenants, const std::string& account, const Json& stored, Problems& problems) {
    Json json = stored;
    const std::string* const text = base::text_member(json, real_moment_member);
    const auto real = text == nullptr ? std::nullopt : base::parse_iso8601(*text);
    if (json.is_object()) json.erase(real_moment_member);
    const ClockChange change = read_clock_change(json, problems);
    if (!problems.empty()) return;
    if (!real || !change.now || !change.is_frozen || !change.speed) {
        problems.push_back({"", "the members mode, now, speed and at", base::excerpt(stored)});
        return;
    }
    const ClockMode mode = *change.is_frozen ? ClockMode::frozen : ClockMode::real;
    tenants.clocks.put(account, Clock::resumed({mode, *change.speed, *change.now, *real}, *change.now));
}

void apply_clock(TenantSettings& tenants, const std::string& account, const Values& values, bool is_stored,
                 std::vector<snapshot::FixtureProblem>&) {
    if (!is_stored) tenants.clocks.put(account, merged_changes(values).applied_to(tenants.clocks.of(account)));
}

void adopt_clock(TenantSettings& present, TenantSettings& next, const std::string& account) {
    if (account.empty() || next.clocks.has_own(account)) {
        present.clocks.put(account, next.clocks.of(account));
    } else {
        present.clocks.forget(account);
    }
}

std::optional<Contradiction> find_earlier_moment(TenantSettings& tenants, const std::string& account,
                                                 const Values& values) {
    const ClockChange change = merged_changes(values);
    if (!change.now || *change.now >= tenants.clocks.of(account).now()) return std::nullopt;
    return Contradiction{values.back().place.below("now"), "time never runs back: expected a later moment"};
}

}  // namespace

const TenantSetting& clock_setting() {
    static const TenantSetting row{
        .name = "clock",
        .accounts = accounts_with_clock,
        .to_json = clock_json,
        .to_stored = [](TenantSettings& tenants,
                        const std::string& account) { return stored_clock(tenants.clocks.of(account), {}); },
        .resume = resume_clock,
        .check = [](const Json& value, Problems& problems) { read_clock_change(value, problems); },
        .apply = apply_clock,
        .adopt = adopt_clock,
        .forget = [](TenantSettings& tenants, const std::string& account) { tenants.clocks.forget(account); },
        .find_contradiction = find_earlier_moment};
    return row;
}

Json to_json(const ClockState& state) {
    return {{"mode", mode_text(state.mode)}, {"now", base::iso8601(state.service)}, {"speed", state.speed}};
}

ClockChange ClockChange::over(const ClockChange& other) const {
    return {is_frozen ? is_frozen : other.is_frozen, now ? now : other.now, speed ? speed : other.speed};
}

Clock ClockChange::applied_to(Clock clock) const {
    const ClockState state = clock.state();
    const ClockMode mode = is_frozen.value_or(state.mode == ClockMode::frozen) ? ClockMode::frozen : ClockMode::real;
    if (now) clock = Clock::frozen(*now);
    clock.set(mode, speed.value_or(state.speed));
    return clock;
}

ClockChange read_clock_change(const Json& json, std::vector<Problem>& problems) {
    static const std::vector<std::string> known = {"mode", "now", "speed"};
    ClockChange change;
    base::read_members(
        json, known, "is none of a clock", problems,
        [&change](std::string_view name, const Json& value) { return read_clock_member(change, name, value); });
    return change;
}

Json stored_clock(Clock& clock, std::chrono::milliseconds lead) {
    ClockState state = clock.state();
    state.service += lead;
    Json json = to_json(state);
    json[real_moment_member] = base::iso8601(state.real);
    return json;
}

}  // namespace plocal::world
