#include "server/service/operations/solution_metrics.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "server/base/json.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/operations/recipes.h"
#include "server/service/resources/lookup.h"
#include "server/service/resources/update.h"

namespace plocal::operations {
namespace {

using base::Json;
using base::text_member;
using resources::Context;
using resources::Kind;
using resources::kind_named;
using resources::Output;

struct Metric {
    std::string_view name;
    double least;
    double most;
};

// The ranges are those seen of User-Personalization. At a greater depth the gain is greater and the precision smaller,
// so each depth is drawn relative to the one before.
constexpr Metric coverage{"coverage", 0.08, 0.99};
constexpr Metric reciprocal_rank{"mean_reciprocal_rank_at_25", 0.03, 0.84};
constexpr std::string_view gain = "normalized_discounted_cumulative_gain_at_";
constexpr std::string_view precision = "precision_at_";
constexpr double least_gain = 0.05;
constexpr double most_gain = 0.75;

constexpr Metric segment_metrics[] = {
    {"coverage", 0.23, 0.68}, {"hits_at_1_percent", 0.32, 19.76}, {"recall_at_1_percent", 0.07, 0.69}};
constexpr Metric action_metrics[] = {{"auc", 0.5, 0.95},
                                     {"coverage", 0.2, 0.9},
                                     {"normalized_discounted_cumulative_gain_at_5", 0.05, 0.7},
                                     {"precision", 0.05, 0.6},
                                     {"recall", 0.05, 0.6}};

double rounded(double value) {
    constexpr double decimals = 10'000;
    return std::round(value * decimals) / decimals;
}

/// Draws a sequence of numbers for one key.
class Drawer {
public:
    explicit Drawer(const base::RandomKey& key) : key_(key) {}

    double between(double least, double most) {
        const double fraction = base::random_fraction(key_);
        ++key_.ordinal;
        return rounded(least + fraction * (most - least));
    }

    double of(const Metric& metric) { return between(metric.least, metric.most); }

private:
    base::RandomKey key_;
};

template <std::size_t count>
Json drawn_metrics(const Metric (&metrics)[count], Drawer& drawer) {
    Json json = Json::object();
    for (const Metric& metric : metrics) json[std::string(metric.name)] = drawer.of(metric);
    return json;
}

Json ranking_metrics(Drawer& drawer) {
    constexpr int depths[] = {5, 10, 25};
    Json json = {{coverage.name, drawer.of(coverage)}, {reciprocal_rank.name, drawer.of(reciprocal_rank)}};
    double gained = drawer.between(least_gain, most_gain);
    double hit = rounded(gained / 3);
    for (const int depth : depths) {
        json[std::string(gain) + std::to_string(depth)] = gained;
        json[std::string(precision) + std::to_string(depth)] = hit;
        gained = rounded(gained * drawer.between(1.01, 1.2));
        hit = rounded(hit * drawer.between(0.45, 0.75));
    }
    return json;
}

}  // namespace

Json metrics_of(std::string_view recipe_arn, base::RandomKey key) {
    const std::string kind = "metrics:" + std::string(key.kind);
    key.kind = kind;
    Drawer drawer(key);
    const std::string_view recipe = recipe_name(recipe_arn);
    if (is_for_segments(recipe)) return drawn_metrics(segment_metrics, drawer);
    if (recipe == "aws-next-best-action") return drawn_metrics(action_metrics, drawer);
    Json metrics = ranking_metrics(drawer);
    if (recipe.ends_with("-trending-now")) metrics["trend_prediction_accuracy"] = drawer.between(0, 1);
    return metrics;
}

Output get_solution_metrics(Context& context, const Json& input) {
    const Kind& kind = kind_named("solutionVersion");
    const storage::Record record = find_named(context, kind, input);
    require_stable(context, kind, record, {lifecycle::active});
    const Json members = value_of(context, record);
    const std::string* const recipe = text_member(members, "recipeArn");
    Json metrics = metrics_of(recipe == nullptr ? "" : *recipe,
                              {context.settings.plan.seed, record.owner.account, kind.name, record.arn, 0});
    if (members.value("solutionConfig", Json::object()).contains("optimizationObjective")) {
        metrics["average_rewards_at_k"] =
            Drawer({context.settings.plan.seed, {}, "reward", record.arn, 0}).between(0.1, 1);
    }
    return Json{{"solutionVersionArn", record.arn}, {"metrics", std::move(metrics)}};
}

}  // namespace plocal::operations
