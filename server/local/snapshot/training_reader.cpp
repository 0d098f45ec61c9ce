#include "server/local/snapshot/training_reader.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/local/snapshot/row_lists.h"
#include "server/local/snapshot/timeline_json.h"
#include "server/model/api_error.h"
#include "server/service/operations/auto_training.h"

namespace plocal::snapshot {
namespace {

using base::Instant;
using base::Json;

constexpr const char* schedule_pointer = "/solutionConfig/autoTrainingConfig/schedulingExpression";

/// Reads one member of a training. Returns what was expected where the value is wrong; empty where it is good.
std::string_view read_trained_member(storage::Training& training, std::string_view name, const Json& value,
                                     Instant now) {
    if (name == "at") {
        const auto* const text = value.get_ptr<const std::string*>();
        const auto at = text == nullptr ? std::nullopt : parse_moment(*text, now);
        training.at = at.value_or(now);
        return at ? "" : relative_moment_form;
    }
    const bool is_revision = value.is_number_integer() && value >= 0;
    if (is_revision) training.revision = value.get<std::int64_t>();
    return is_revision ? "" : "a whole number, not negative";
}

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

std::optional<storage::Training> take_trained(PartialResource& partial, Instant now) {
    if (!partial.trained) return std::nullopt;
    storage::Training training{.at = now};
    std::vector<base::Problem> problems;
    base::read_members(
        *partial.trained, {"revision", "at"}, "is none of a training", problems,
        [&](std::string_view name, const Json& value) { return read_trained_member(training, name, value, now); });
    if (problems.empty() && !partial.trained->contains("revision")) {
        problems.push_back({"", "a training with revision", base::excerpt(*partial.trained)});
    }
    const bool is_good = problems.empty();
    partial.add_below("/_local/" + std::string(trained_member), std::move(problems));
    if (is_good && partial.text("datasetGroupArn") == nullptr) {
        partial.refuse("datasetGroupArn", "the dataset group whose rows it knows");
    }
    return training;
}

Json trained_json(const storage::Training& training, Instant now) {
    return {{"revision", training.revision}, {"at", format_moment(training.at, now)}};
}

}  // namespace plocal::snapshot
