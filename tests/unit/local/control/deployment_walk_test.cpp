// Hundreds of random walks over resources of every kind, each step compared with a reference model. A walk that fails
// is shortened and printed with its seed; the environment variable PLOCAL_WALK_SEED runs that walk alone.
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

#include "tests/support/walks.h"

namespace plocal::deployment {
namespace {

using support::Walks;
using Steps = std::vector<DeploymentStep>;

constexpr std::size_t most_steps = 60;
constexpr int choices = 2'520;

/// Returns the first difference of a walk, or an empty text. Sets `steps` to the number of steps taken.
std::string find_difference(const Steps& walk, DeploymentWalk& world, std::size_t& steps) {
    for (steps = 0; steps < walk.size();) {
        std::string found = world.take(walk[steps++]);
        if (!found.empty()) return found;
    }
    return {};
}

std::string find_difference(const Steps& walk, bool has_file, std::size_t& steps) {
    static DeploymentWalk in_memory(false);
    if (has_file) {
        DeploymentWalk on_file(true);
        return find_difference(walk, on_file, steps);
    }
    in_memory.begin_again();
    return find_difference(walk, in_memory, steps);
}

class Chance {
public:
    explicit Chance(std::uint64_t seed) : random_(seed) {}

    int below(int bound) { return static_cast<int>(random_() % static_cast<std::uint64_t>(bound)); }
    bool is_one_in(int bound) { return below(bound) == 0; }

    /// A random kind: of all kinds, or of these.
    std::string kind() { return kinds()[static_cast<std::size_t>(below(static_cast<int>(kinds().size())))].name; }
    template <std::size_t size>
    std::string kind(const char* const (&some)[size]) {
        return some[below(static_cast<int>(size))];
    }

private:
    std::mt19937_64 random_;
};

/// The group and the solution that most steps of a walk use, so that most of the resources that they name exist.
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

    /// Returns true if the location can have resources of this kind.
    bool has(const std::string& kind) const {
        if (kind == "recommender") return is_shop;
        if (kind == "batchSegmentJob") return is_for_segments;
        return !is_for_segments || (kind != "campaign" && kind != "batchInferenceJob");
    }

    /// A choice that makes most creations and updates name resources of the location.
    int choice(Act act, const std::string& kind, Chance& chance) const {
        const int any = chance.below(choices);
        if ((act != Act::create && act != Act::update) || chance.is_one_in(4)) return any;
        const auto with = [any](int remainder, int divisor) { return any - any % divisor + remainder; };
        const int version = 3 * solution + (chance.is_one_in(3) ? chance.below(3) : 0);
        if (act == Act::update)
            return kind == "campaign"  ? with(chance.is_one_in(3) ? 9 : version, 13)
                   : kind == "dataset" ? with(5, 6)
                                       : any;
        if (kind == "datasetImportJob" || kind == "datasetExportJob") return with(is_shop ? 2 : 0, 4);
        if (kind == "solution") return with(0, 24);
        if (kind == "recommender") return with(0, 30);
        if (kind.starts_with("batch") || kind == "campaign") return with(version, 12);
        return kind == "dataset" ? with(0, 24) : with(is_shop ? 1 : 0, 2);
    }
};

Location random_location(Chance& chance) {
    const int solution = chance.below(5) % 3;
    return {solution == 2, solution, solution == 1};
}

/// The first steps of most walks: they create the usual resources, in order.
Steps foundation(const Location& location, Chance& chance) {
    const int here = location.is_shop ? 1 : 0;
    const int version = 3 * location.solution;
    Steps steps = {{Act::create, "schema", 3 * here, 0},
                   {Act::create, "datasetGroup", here, 0},
                   {Act::create, "dataset", 2 * here, 0},
                   {Act::import_rows, "dataset", 2 * here, chance.below(choices)},
                   {Act::import_rows, "dataset", 2 * here, chance.below(choices)},
                   {Act::create, "datasetImportJob", 0, 2 * here},
                   {Act::create, "solution", location.solution, 0},
                   {Act::create, "solutionVersion", version, 0},
                   {Act::create, location.is_for_segments ? "batchSegmentJob" : "campaign", 0, version},
                   {Act::create, location.is_shop ? "recommender" : "filter", 0, here}};
    if (chance.is_one_in(2)) {
        steps.push_back({Act::create, "schema", 3 * here + (here == 0 ? 2 : 1), 0});
        steps.push_back({Act::create, "dataset", 2 * here + 1, 0});
    }
    if (location.solution == 0 && chance.is_one_in(2)) {
        steps.push_back({Act::create, "solution", 3, 0});
        steps.push_back({Act::create, "solutionVersion", 9, 0});
    }
    for (const char* const kind : {"eventTracker", "metricAttribution", "batchInferenceJob"}) {
        const bool has_version = kind[0] == 'b';
        if (chance.is_one_in(2)) steps.push_back({Act::create, kind, here, has_version ? version : here});
    }
    if (chance.is_one_in(2)) {  // all at once, and sometimes slowly from then on; else time passes after each
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
        {Act::create, 20},  {Act::describe, 10},     {Act::list, 5},
        {Act::update, 10},  {Act::remove, 10},       {Act::start, 4},
        {Act::stop, 4},     {Act::stop_training, 2}, {Act::tag, 2},
        {Act::untag, 1},    {Act::tags, 2},          {Act::metrics, 1},
        {Act::history, 3},  {Act::advance, 12},      {Act::advance_until_idle, 4},
        {Act::plan, 4},     {Act::transition, 7},    {Act::replace_state, 1},
        {Act::restart, 1},  {Act::compare_all, 1},   {Act::import_rows, 6},
        {Act::put_rows, 6}, {Act::recommend, 10}};
    int sum = 0;
    for (const auto& [act, weight] : weights) sum += weight;
    int drawn = chance.below(sum);
    for (const auto& [act, weight] : weights) {
        if (drawn < weight) return act;
        drawn -= weight;
    }
    return Act::compare_all;
}

DeploymentStep random_step(const Location& location, Chance& chance) {
    static const char* const removable[] = {"schema",   "datasetGroup", "dataset",  "eventTracker", "metricAttribution",
                                            "solution", "recommender",  "campaign", "filter"};
    static const char* const updatable[] = {"dataset", "metricAttribution", "solution", "recommender", "campaign"};
    DeploymentStep step{random_act(chance), {}, 0, 0};
    if (!location.is_shop && (step.act == Act::start || step.act == Act::stop)) step.act = Act::transition;
    do {
        step.kind = step.act == Act::remove   ? chance.kind(removable)
                    : step.act == Act::update ? chance.kind(updatable)
                                              : chance.kind();
    } while (!location.has(step.kind) && !chance.is_one_in(6));
    if (step.act == Act::start || step.act == Act::stop) step.kind = "recommender";
    if (step.act == Act::stop_training) step.kind = "solutionVersion";
    if (step.act == Act::metrics) step.kind = "metricAttribution";
    if (step.act == Act::import_rows || step.act == Act::put_rows) step.kind = "dataset";
    if (step.act == Act::recommend) step.kind = location.is_shop && chance.is_one_in(2) ? "recommender" : "campaign";
    step.slot = location.slot(step.kind, chance);
    // Only schemas of items can be replaced.
    if (step.act == Act::update && step.kind == "dataset" && !chance.is_one_in(4)) step.slot = location.is_shop ? 3 : 1;
    const bool is_other_group = step.act == Act::remove && step.kind == "datasetGroup" && chance.is_one_in(2);
    if (is_other_group) step.slot = location.is_shop ? 0 : 1;  // it has few resources that block its deletion
    step.choice = location.choice(step.act, step.kind, chance);
    return step;
}

Steps random_walk(std::uint64_t seed) {
    Chance chance(seed);
    const Location location = random_location(chance);
    Steps walk = chance.is_one_in(8) ? Steps() : foundation(location, chance);
    const std::size_t length = walk.size() + static_cast<std::size_t>(10 + chance.below(50));
    while (walk.size() + 1 < std::min(length, most_steps)) walk.push_back(random_step(location, chance));
    walk.push_back({Act::compare_all, "schema", 0, 0});
    return walk;
}

Walks<DeploymentStep> walks(bool has_file) {
    return {random_walk, find_difference, to_text, has_file};
}

/// Each part is a test of its own, so that ctest runs them in parallel.
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
