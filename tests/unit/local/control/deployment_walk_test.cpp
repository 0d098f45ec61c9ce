// Hundreds of random walks through everything that an account can have, each step held against a reference machine. A
// walk that fails is made as short as it can be and told with its seed: PLOCAL_WALK_SEED runs that one alone.
#include "tests/unit/local/control/deployment_walk.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/local/control/walks.h"

namespace plocal::deployment {
namespace {

using control::Walks;
using Steps = std::vector<DeploymentStep>;

constexpr std::size_t most_steps = 60;
constexpr int choices = 2'520;

/// The first difference of a walk; empty where there is none. `steps` becomes how many were taken.
std::string differs(const Steps& walk, DeploymentWalk& world, std::size_t& steps) {
    for (steps = 0; steps < walk.size();) {
        std::string found = world.take(walk[steps++]);
        if (!found.empty()) return found;
    }
    return {};
}

std::string differs(const Steps& walk, bool has_file, std::size_t& steps) {
    static DeploymentWalk in_memory(false);
    if (has_file) {
        DeploymentWalk on_file(true);
        return differs(walk, on_file, steps);
    }
    in_memory.begin_again();
    return differs(walk, in_memory, steps);
}

class Chance {
public:
    explicit Chance(std::uint64_t seed) : random_(seed) {}

    int below(int bound) { return static_cast<int>(random_() % static_cast<std::uint64_t>(bound)); }
    bool is_one_in(int bound) { return below(bound) == 0; }

    /// One of some kinds, or of all.
    std::string kind() { return kinds()[static_cast<std::size_t>(below(static_cast<int>(kinds().size())))].name; }
    template <std::size_t size>
    std::string kind(const char* const (&some)[size]) {
        return some[below(static_cast<int>(size))];
    }

private:
    std::mt19937_64 random_;
};

/// Where most of a walk takes place, so that what it names is mostly there.
struct Location {
    bool is_shop = false;
    int solution = 0;
    bool is_for_segments = false;

    int slot(const std::string& kind, Chance& chance) const {
        if (chance.is_one_in(4)) return chance.below(slots_of(kind));
        if (kind == "schema") return is_shop ? 3 : 0;
        if (kind == "datasetGroup" || kind == "eventTracker") return is_shop ? 1 : 0;
        if (kind == "dataset") return is_shop ? 2 : 0;
        if (kind == "solution") return solution;
        if (kind == "solutionVersion") return 3 * solution + (chance.is_one_in(2) ? chance.below(3) : 0);
        return chance.is_one_in(4) ? 1 : 0;
    }

    /// Whether there can be one of this kind.
    bool has(const std::string& kind) const {
        if (kind == "recommender") return is_shop;
        if (kind == "batchSegmentJob") return is_for_segments;
        return !is_for_segments || (kind != "campaign" && kind != "batchInferenceJob");
    }

    /// What leads a creation, or an update, to parents of the place.
    int choice(Act act, const std::string& kind, Chance& chance) const {
        const int any = chance.below(choices);
        if ((act != Act::create && act != Act::update) || chance.is_one_in(4)) return any;
        const auto with = [any](int rest, int divisor) { return any - any % divisor + rest; };
        const int version = 3 * solution + (chance.is_one_in(3) ? chance.below(3) : 0);
        if (act == Act::update)
            return kind == "campaign"  ? with(chance.is_one_in(3) ? 9 : version, 13)
                   : kind == "dataset" ? with(0, 6)
                                       : any;
        if (kind == "datasetImportJob" || kind == "datasetExportJob") return with(is_shop ? 2 : 0, 4);
        if (kind == "solution") return with(0, 24);
        if (kind == "recommender") return with(0, 30);
        if (kind.starts_with("batch") || kind == "campaign") return with(version, 12);
        return kind == "dataset" ? with(0, 24) : with(is_shop ? 1 : 0, 2);
    }
};

Location random_place(Chance& chance) {
    const int solution = chance.below(5) % 3;
    return {solution == 2, solution, solution == 1};
}

/// What a deployment begins with, in order.
Steps foundation(const Location& place, Chance& chance) {
    const int here = place.is_shop ? 1 : 0;
    const int version = 3 * place.solution;
    Steps steps = {{Act::create, "schema", 3 * here, 0},
                   {Act::create, "datasetGroup", here, 0},
                   {Act::create, "dataset", 2 * here, 0},
                   {Act::create, "datasetImportJob", 0, 2 * here},
                   {Act::create, "solution", place.solution, 0},
                   {Act::create, "solutionVersion", version, 0},
                   {Act::create, place.is_for_segments ? "batchSegmentJob" : "campaign", 0, version},
                   {Act::create, place.is_shop ? "recommender" : "filter", 0, here}};
    if (place.solution == 0 && chance.is_one_in(2)) {
        steps.push_back({Act::create, "solution", 3, 0});
        steps.push_back({Act::create, "solutionVersion", 9, 0});
    }
    for (const char* const kind : {"eventTracker", "metricAttribution", "batchInferenceJob"}) {
        const bool has_version = kind[0] == 'b';
        if (chance.is_one_in(2)) steps.push_back({Act::create, kind, here, has_version ? version : here});
    }
    if (chance.is_one_in(2)) {  // all at once, and slowly from then on; else each a while after the other
        steps.insert(steps.begin(), {Act::plan, "schema", 0, 0});
        if (chance.is_one_in(2)) steps.push_back({Act::plan, "schema", 0, 6});
        return steps;
    }
    for (std::size_t i = steps.size(); i > 1; --i) {
        steps.insert(steps.begin() + static_cast<std::ptrdiff_t>(i), {Act::advance_until_idle, "schema", 0, 0});
    }
    steps.resize(steps.size() - static_cast<std::size_t>(chance.below(8)));
    return steps;
}

Act random_act(Chance& chance) {
    static constexpr std::pair<Act, int> weights[] = {
        {Act::create, 20},    {Act::describe, 10},     {Act::list, 5},
        {Act::update, 10},    {Act::remove, 10},       {Act::start, 4},
        {Act::stop, 4},       {Act::stop_training, 2}, {Act::tag, 2},
        {Act::untag, 1},      {Act::tags, 2},          {Act::metrics, 1},
        {Act::history, 3},    {Act::advance, 12},      {Act::advance_until_idle, 4},
        {Act::plan, 4},       {Act::push, 7},          {Act::put_back, 1},
        {Act::move_house, 1}, {Act::look_around, 1}};
    int sum = 0;
    for (const auto& [act, weight] : weights) sum += weight;
    int drawn = chance.below(sum);
    for (const auto& [act, weight] : weights) {
        if (drawn < weight) return act;
        drawn -= weight;
    }
    return Act::look_around;
}

DeploymentStep random_step(const Location& place, Chance& chance) {
    static const char* const removable[] = {"schema",   "datasetGroup", "dataset",  "eventTracker", "metricAttribution",
                                            "solution", "recommender",  "campaign", "filter"};
    static const char* const updatable[] = {"dataset", "metricAttribution", "solution", "recommender", "campaign"};
    DeploymentStep step{random_act(chance), {}, 0, 0};
    if (!place.is_shop && (step.act == Act::start || step.act == Act::stop)) step.act = Act::push;
    do {
        step.kind = step.act == Act::remove   ? chance.kind(removable)
                    : step.act == Act::update ? chance.kind(updatable)
                                              : chance.kind();
    } while (!place.has(step.kind) && !chance.is_one_in(6));
    if (step.act == Act::start || step.act == Act::stop) step.kind = "recommender";
    if (step.act == Act::stop_training) step.kind = "solutionVersion";
    if (step.act == Act::metrics) step.kind = "metricAttribution";
    step.slot = place.slot(step.kind, chance);
    const bool is_elsewhere = step.act == Act::remove && step.kind == "datasetGroup" && chance.is_one_in(2);
    if (is_elsewhere) step.slot = place.is_shop ? 0 : 1;  // where little is that keeps it
    step.choice = place.choice(step.act, step.kind, chance);
    return step;
}

Steps random_walk(std::uint64_t seed) {
    Chance chance(seed);
    const Location place = random_place(chance);
    Steps walk = chance.is_one_in(8) ? Steps() : foundation(place, chance);
    const std::size_t length = walk.size() + static_cast<std::size_t>(10 + chance.below(50));
    while (walk.size() + 1 < std::min(length, most_steps)) walk.push_back(random_step(place, chance));
    walk.push_back({Act::look_around, "schema", 0, 0});
    return walk;
}

Walks<DeploymentStep> walks(bool has_file) {
    return {random_walk, differs, told, has_file};
}

/// Each part is a test of its own, so that they run side by side.
class DeploymentWalks : public testing::TestWithParam<std::uint64_t> {};

TEST_P(DeploymentWalks, AreWhatTheReferenceMachineSays) {
    walk_from(walks(false), 1'000 * GetParam(), 200);
}

INSTANTIATE_TEST_SUITE_P(Part, DeploymentWalks, testing::Values(1, 2));

TEST(DeploymentWalksOnAFile, AreTheSameOverRestarts) {
    walk_from(walks(true), 10'000, 25);
}

}  // namespace
}  // namespace plocal::deployment
