#include "server/service/operations/training.h"

#include <string>

#include "server/base/random.h"
#include "server/model/languages/schedule.h"
#include "server/service/resources/lookup.h"

namespace plocal::operations {
namespace {

using base::Instant;
using base::Json;
using resources::text_member;
using std::chrono::milliseconds;

constexpr std::string_view usual_schedule = "rate(7 days)";

}  // namespace

Instant first_training(std::string_view solution_arn, std::uint64_t seed, Instant on) {
    constexpr milliseconds within = std::chrono::hours(1);
    const double part = base::draw_fraction({seed, {}, "training", solution_arn, 0});
    return on + milliseconds(1 + static_cast<std::int64_t>(part * static_cast<double>(within.count() - 1)));
}

milliseconds training_period(const Json& solution) {
    const Json config = solution.value("solutionConfig", Json::object());
    const Json automatic = config.is_object() ? config.value("autoTrainingConfig", Json()) : Json();
    const std::string* const schedule = text_member(automatic, "schedulingExpression");
    return languages::parse_schedule(schedule == nullptr ? usual_schedule : std::string_view(*schedule));
}

Instant next_training(Instant first, milliseconds period, Instant now) {
    return first > now ? first : first + ((now - first) / period + 1) * period;
}

}  // namespace plocal::operations
