#include "server/local/control/state_control.h"

#include <cstdint>
#include <map>
#include <string>

#include "server/local/control/control_error.h"
#include "server/service/resources/kinds.h"

namespace plocal::control {
namespace {

using base::Json;
using world::BadDocuments;
using world::World;

/// Passes the body on as a document. Throws ControlError for what is wrong with it.
template <typename Use>
void with_document(const ControlCall& call, Use use) {
    try {
        use(snapshot::Document{"", std::string(call.body)});
    } catch (const BadDocuments& bad) {
        std::vector<base::Problem> problems;
        for (const snapshot::FixtureProblem& each : bad.problems()) {
            problems.push_back({each.place.pointer, each.expected, each.found});
        }
        refuse_problems(problems);
    } catch (const world::Conflict& conflict) {
        throw ControlError(409, conflict.what(), conflict.pointer());
    }
}

}  // namespace

std::string get_state(World& world, const ControlCall& call) {
    return world.document(call.account);
}

void put_state(World& world, const ControlCall& call) {
    with_document(call, [&](const snapshot::Document& document) { world.replace(call.account, document); });
}

void add_state(World& world, const ControlCall& call) {
    with_document(call, [&](const snapshot::Document& document) { world.add(call.account, document); });
}

void reset(World& world, const ControlCall& call) {
    const std::string fixtures = call.parameter("fixtures").value_or("true");
    if (fixtures != "true" && fixtures != "false") refuse_value("fixtures", "true or false", fixtures);
    try {
        world.reset(call.account, fixtures == "true");
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
