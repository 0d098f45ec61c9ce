#include "server/local/snapshot/training_reader.h"

#include <string>

#include "server/local/snapshot/timeline_json.h"
#include "server/model/api_error.h"
#include "server/service/operations/auto_training.h"

namespace plocal::snapshot {
namespace {

using base::Instant;
using base::Json;

constexpr const char* schedule_pointer = "/solutionConfig/autoTrainingConfig/schedulingExpression";

}  // namespace

std::optional<Instant> take_next_training(PartialResource& partial, std::uint64_t seed, Instant created, Instant now) {
    if (partial.kind.name != "solution" || !partial.problems.empty()) return std::nullopt;
    if (partial.next_due) {
        const auto* const text = partial.next_due->get_ptr<const std::string*>();
        const auto moment = text == nullptr ? std::nullopt : parse_moment(*text, now);
        if (moment) return moment;
        partial.problems.push_back(
            {"/_local/nextTraining", std::string(relative_moment_form), base::excerpt(*partial.next_due)});
        return std::nullopt;
    }
    try {
        const auto period = operations::training_period(partial.members);
        if (!partial.members.value("performAutoTraining", false)) return std::nullopt;
        return operations::next_training(operations::first_training(partial.arn, seed, created), period, now);
    } catch (const model::ApiError& error) {
        const Json schedule = partial.members.at(Json::json_pointer(schedule_pointer));
        partial.problems.push_back({schedule_pointer, "rate(N days), of 1 to 30 days", base::excerpt(schedule)});
        return std::nullopt;
    }
}

}  // namespace plocal::snapshot
