#include "server/local/control/state_control.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "server/local/control/control_error.h"
#include "server/service/resources/kinds.h"

namespace plocal::control {
namespace {

using base::Json;
using world::BadDocuments;
using world::Loading;
using world::World;

/// Runs a part of a load. Throws ControlError for what is wrong with its document.
template <typename Part>
auto refusing(Part part) {
    try {
        return part();
    } catch (const BadDocuments& bad) {
        std::vector<base::Problem> problems;
        for (const snapshot::FixtureProblem& each : bad.problems()) {
            problems.push_back({each.place.pointer, each.expected, each.found});
        }
        refuse_problems(problems);
        throw;
    } catch (const world::Conflict& conflict) {
        throw ControlError(409, conflict.what(), conflict.pointer());
    }
}

/// A call that is answered once everything is loaded.
LongCall until_loaded(Loading loading) {
    static constexpr std::chrono::milliseconds longest_turn(10);
    return {"", [loading = std::make_shared<Loading>(std::move(loading))](RealTime now, bool is_stopping) -> Checked {
                if (is_stopping) throw ControlError(503, "the server stops; nothing has been loaded");
                while (refusing([&] { return loading->step(); })) {
                    if (std::chrono::steady_clock::now() - now >= longest_turn) return now;
                }
                return Json();
            }};
}

}  // namespace

std::string get_state(World& world, const ControlCall& call) {
    return world.document(call.account);
}

LongCall put_state(World& world, const ControlCall& call) {
    return until_loaded(refusing([&] { return world.replace(call.account, {"", std::string(call.body)}); }));
}

LongCall add_state(World& world, const ControlCall& call) {
    return until_loaded(refusing([&] { return world.add(call.account, {"", std::string(call.body)}); }));
}

LongCall reset(World& world, const ControlCall& call) {
    const std::string fixtures = call.parameter("fixtures").value_or("true");
    if (fixtures != "true" && fixtures != "false") refuse_value("fixtures", "true or false", fixtures);
    try {
        return until_loaded(world.reset(call.account, fixtures == "true"));
    } catch (const BadDocuments& bad) {
        throw ControlError(409, "the fixtures cannot be copied for account " + call.account + ": " + bad.what());
    }
}

Json resource_counts(World& world, const std::string& account) {
    std::map<std::string, std::int64_t> counts;
    for (const storage::StatusCount& each : world.store().counts().by_stable_status()) {
        if (account.empty() || each.account == account) counts[each.kind] += each.count;
    }
    Json resources = Json::object();
    for (const resources::Kind& kind : resources::kinds()) {
        const auto count = counts.find(std::string(kind.name));
        if (count != counts.end()) resources[std::string(kind.plural)] = count->second;
    }
    return resources;
}

}  // namespace plocal::control
