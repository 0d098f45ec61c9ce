#include "server/local/snapshot/rows_input.h"

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "server/service/resources/arn.h"
#include "server/service/resources/kinds.h"

namespace plocal::snapshot {
namespace {

using base::Json;
using base::Problem;

const std::string no_meaning = "has no meaning here";

bool is_dataset(const Json& value) {
    const auto* const text = value.get_ptr<const Json::string_t*>();
    const auto arn = text == nullptr ? std::nullopt : resources::parse_arn(*text);
    return arn && resources::is_arn_of(resources::kind_named("dataset"), *arn);
}

/// Reads one element of "data". Returns nothing where it is wrong.
std::optional<RowsInput> read_element(const Location& place, const Json& json, std::vector<FixtureProblem>& problems) {
    RowsInput input{.place = place};
    std::vector<Problem> found;
    std::vector<Problem> below;  // the value of "file" or "rows"
    bool has_rows = false;
    base::read_members(json, {"datasetArn", "file", "rows"}, no_meaning, found,
                       [&](const std::string& name, const Json& value) -> std::string_view {
                           if (name == "datasetArn") {
                               if (!is_dataset(value)) return "the ARN of a dataset";
                               input.dataset = value;
                               return {};
                           }
                           if (std::exchange(has_rows, true)) return "either a file or rows";
                           input.place = place.below(name);
                           take_rows_input(input, name, value, below);
                           for (Problem& problem : std::exchange(below, {})) {
                               found.push_back({"/" + name, std::move(problem.expected), std::move(problem.found)});
                           }
                           return {};
                       });
    if (found.empty() && (input.dataset.empty() || !has_rows)) {
        found.push_back({"", "a datasetArn, and a file or rows", base::excerpt(json)});
    }
    if (found.empty()) return input;
    add_problems(problems, place, std::move(found));
    return std::nullopt;
}

}  // namespace

void take_rows_input(RowsInput& input, std::string_view member, const Json& value, std::vector<Problem>& problems) {
    if (member == "rows") {
        input.rows = value;
        if (!value.is_array()) problems.push_back({"", "a list of rows", base::excerpt(value)});
        return;
    }
    const auto* const name = value.get_ptr<const Json::string_t*>();
    if (name == nullptr || name->empty()) {
        problems.push_back({"", "the name of a file of CSV or JSON Lines", base::excerpt(value)});
    } else if (input.place.source.empty()) {
        problems.push_back({"", "rows, because the document of a call lies in no folder", base::excerpt(value)});
    } else {
        input.file = (std::filesystem::path(input.place.source).parent_path() / *name).string();
    }
}

std::vector<RowsInput> read_data(const Location& place, const Json& list, std::vector<FixtureProblem>& problems) {
    std::vector<RowsInput> inputs;
    if (!list.is_array()) {
        problems.push_back({place, "a list of objects", base::excerpt(list)});
        return inputs;
    }
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (auto input = read_element(place.below(i), list[i], problems)) inputs.push_back(*std::move(input));
    }
    return inputs;
}

}  // namespace plocal::snapshot
