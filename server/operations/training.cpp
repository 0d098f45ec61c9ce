#include "server/operations/training.h"

#include <algorithm>
#include <chrono>
#include <string>

#include "server/languages/schedule.h"
#include "server/lifecycle/draw.h"
#include "server/operations/references.h"

namespace plocal::operations {
namespace {

using model::Json;
using std::chrono::milliseconds;
using storage::Instant;

constexpr std::string_view usual_schedule = "rate(7 days)";

milliseconds period_of(const Json& solution) {
    const auto config = solution.find("solutionConfig");
    const Json automatic = config == solution.end() ? Json() : config->value("autoTrainingConfig", Json());
    const std::string* const schedule = text_member(automatic, "schedulingExpression");
    return languages::parse_schedule(schedule == nullptr ? usual_schedule : std::string_view(*schedule));
}

Instant first_training(std::string_view arn, Instant created, std::uint64_t seed) {
    constexpr milliseconds within = std::chrono::hours(1);
    const double part = lifecycle::draw_fraction({seed, {}, "training", arn, 0});
    return created + milliseconds(1 + static_cast<std::int64_t>(part * static_cast<double>(within.count() - 1)));
}

}  // namespace

std::optional<Instant> next_training(const Json& solution, std::string_view arn, Instant created, std::uint64_t seed,
                                     Instant after) {
    if (!solution.value("performAutoTraining", false)) return std::nullopt;
    const Instant first = first_training(arn, created, seed);
    if (first > after) return first;
    const milliseconds period = period_of(solution);
    return first + ((after - first) / period + 1) * period;
}

bool is_first_training(std::string_view arn, Instant created, std::uint64_t seed, Instant moment) {
    return first_training(arn, created, seed) == moment;
}

}  // namespace plocal::operations
