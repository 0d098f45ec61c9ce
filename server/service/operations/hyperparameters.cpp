#include "server/service/operations/hyperparameters.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "server/base/decimal.h"
#include "server/base/text.h"
#include "server/service/resources/catalogue.h"
#include "server/service/resources/lookup.h"

namespace plocal::operations {
namespace {

using base::Json;
using base::text_member;
using model::Evidence;
using resources::find_in_catalogue;
using resources::invalid_input;
using resources::kind_named;

constexpr std::array<const char*, 3> range_lists = {"integerHyperParameterRanges", "continuousHyperParameterRanges",
                                                    "categoricalHyperParameterRanges"};
// The guide's DescribeSolution shows names with these before them.
constexpr std::array<std::string_view, 3> name_groups = {"model.", "training.", "data."};

/// The range of a hyperparameter, as the algorithm has it.
struct Range {
    std::string_view list;  // the member of its range
    Json range;

    bool is_categorical() const { return list == range_lists[2]; }
    bool is_integer() const { return list == range_lists[0]; }
};

std::string_view bare_name(std::string_view name) {
    for (const std::string_view group : name_groups) {
        if (name.starts_with(group)) return name.substr(group.size());
    }
    return name;
}

Json object_in(const Json& members, const char* name) {
    Json value = members.is_object() ? members.value(name, Json()) : Json();
    return value.is_object() ? value : Json::object();
}

Json list_in(const Json& members, const char* name) {
    Json value = members.is_object() ? members.value(name, Json()) : Json();
    return value.is_array() ? value : Json::array();
}

/// The hyperparameters of one algorithm.
class Algorithm {
public:
    Algorithm(std::string arn, const Json& members)
        : arn_(std::move(arn)), defaults_(object_in(members, "defaultHyperParameters")) {
        ranges_ = object_in(members, "defaultHyperParameterRanges");
    }

    const std::string& arn() const { return arn_; }

    /// Returns the range of a hyperparameter, or nothing if it has none. Throws ApiError if the algorithm does not have
    /// it.
    std::optional<Range> require(std::string_view name) const {
        const std::string bare(bare_name(name));
        for (const char* const list : range_lists) {
            for (const Json& range : list_in(ranges_, list)) {
                if (range.value("name", "") == bare) return Range{list, range};
            }
        }
        if (!bare.empty() && defaults_.contains(bare)) return std::nullopt;
        throw invalid_input("Provide a hyperparameter that is used in the algorithm: " + arn_,
                            "the algorithm has no hyperparameter " + std::string(name), Evidence::seen);
    }

    bool can_be_tuned() const {
        return std::ranges::any_of(range_lists, [this](const char* list) {
            const Json ranges = list_in(ranges_, list);
            return std::ranges::any_of(ranges, [](const Json& range) { return range.value("isTunable", false); });
        });
    }

private:
    std::string arn_;
    Json defaults_;
    Json ranges_;
};

[[noreturn]] void refuse_value(const std::string& name, const std::string& value, const std::string& expected) {
    throw invalid_input("The value of the hyperparameter " + name + " must be " + expected + ": " + value,
                        "the guide gives the range of each hyperparameter", Evidence::documented);
}

std::string number_text(const Json& number) {
    return number.dump();
}

std::string range_text(const Range& range) {
    const std::string numbers = range.is_integer() ? "an integer" : "a number";
    return numbers + " between " + number_text(range.range["minValue"]) + " and " +
           number_text(range.range["maxValue"]);
}

bool has_category(const Range& range, std::string_view value) {
    const Json values = list_in(range.range, "values");
    return std::ranges::any_of(
        values, [value](const Json& each) { return base::is_same_in_any_case(each.get<std::string>(), value); });
}

std::string categories_text(const Range& range) {
    std::string text;
    for (const Json& each : list_in(range.range, "values")) {
        text.append(text.empty() ? "" : " or ").append(each.get<std::string>());
    }
    return text;
}

bool is_within(const Range& range, double number) {
    return number >= range.range["minValue"].get<double>() && number <= range.range["maxValue"].get<double>();
}

void check_value(const Algorithm& algorithm, const std::string& name, const std::string& value) {
    const auto range = algorithm.require(name);
    if (!range) return;
    if (range->is_categorical()) {
        if (!has_category(*range, value)) refuse_value(name, value, categories_text(*range));
        return;
    }
    const auto number = base::parse_decimal(value);
    const bool is_whole = number && std::floor(*number) == *number;
    if (!number || !is_within(*range, *number) || (range->is_integer() && !is_whole)) {
        refuse_value(name, value, range_text(*range));
    }
}

void check_bounds(const Range& range, const std::string& name, const Json& given) {
    const Json least = given.value("minValue", range.range["minValue"]);
    const Json most = given.value("maxValue", range.range["maxValue"]);
    if (least.get<double>() > most.get<double>()) {
        throw invalid_input("The minimum of the hyperparameter " + name +
                                " is greater than its maximum: " + number_text(least) + ", " + number_text(most),
                            "minValue must not be greater than maxValue", Evidence::inferred);
    }
    for (const Json& bound : {least, most}) {
        if (!is_within(range, bound.get<double>())) refuse_value(name, number_text(bound), range_text(range));
    }
}

void check_range(const Algorithm& algorithm, std::string_view list, const Json& given) {
    const std::string name = given.value("name", "");
    const auto range = algorithm.require(name);
    const bool can_be_tuned = range && range->range.value("isTunable", false);
    if (!can_be_tuned) {
        throw invalid_input("The hyperparameter " + name + " cannot be tuned: " + algorithm.arn(),
                            "the guide says which hyperparameters take part in HPO", Evidence::documented);
    }
    if (range->list != list) {
        throw invalid_input("The hyperparameter " + name + " belongs in " + std::string(range->list) + ", not in " +
                                std::string(list) + ".",
                            "each type of hyperparameter has a list of its own", Evidence::documented);
    }
    if (!range->is_categorical()) return check_bounds(*range, name, given);
    for (const Json& value : list_in(given, "values")) {
        const std::string text = value.get<std::string>();
        if (!has_category(*range, text)) refuse_value(name, text, categories_text(*range));
    }
}

void check_most_jobs(const Json& resources_of_hpo, const char* member, int most) {
    const std::string* const text = text_member(resources_of_hpo, member);
    if (text == nullptr) return;
    const auto number = base::parse_number<int>(*text);
    if (number && *number >= 1 && *number <= most) return;
    throw invalid_input(std::string(member) + " must be a number between 1 and " + std::to_string(most) + ": " + *text,
                        "the reference gives the maximum", Evidence::documented);
}

void check_tuning(const Algorithm& algorithm, const Json& hpo) {
    const Json ranges = object_in(hpo, "algorithmHyperParameterRanges");
    for (const char* const list : range_lists) {
        for (const Json& given : list_in(ranges, list)) check_range(algorithm, list, given);
    }
    check_most_jobs(object_in(hpo, "hpoResourceConfig"), "maxNumberOfTrainingJobs", 40);
    check_most_jobs(object_in(hpo, "hpoResourceConfig"), "maxParallelTrainingJobs", 10);
}

/// Returns the resource of AWS that a member names, or nothing.
std::optional<Json> named_by(const Json& members, const char* kind, const char* member) {
    const std::string* const arn = text_member(members, member);
    const auto found = arn == nullptr ? std::nullopt : find_in_catalogue(kind_named(kind), *arn);
    if (!found) return std::nullopt;
    Json value = base::parse_json(found->document);
    value[member] = *arn;
    return value;
}

/// Percentiles are the only parameters of feature transformations with a range.
void check_transformation(const Json& defaults, const Json& given, const std::string& arn) {
    for (const auto& [name, value] : given.items()) {
        if (!defaults.contains(name)) {
            throw invalid_input("Provide a parameter that is used in the feature transformation: " + arn,
                                "the feature transformation has no parameter " + name, Evidence::inferred);
        }
        const auto number = base::parse_decimal(value.get<std::string>());
        if (!name.ends_with("_percentile") || (number && *number >= 0 && *number <= 1)) continue;
        refuse_value(name, value, "a number between 0 and 1");
    }
}

}  // namespace

void check_hyperparameters(const Json& solution) {
    const auto recipe = named_by(solution, "recipe", "recipeArn");
    if (!recipe) return;
    const Json config = object_in(solution, "solutionConfig");
    if (const auto members = named_by(*recipe, "algorithm", "algorithmArn")) {
        const Algorithm algorithm(*text_member(*members, "algorithmArn"), *members);
        if (solution.value("performHPO", false) && !algorithm.can_be_tuned()) {
            throw invalid_input("HPO is not supported for the recipe " + *text_member(*recipe, "recipeArn"),
                                "the recipe has no hyperparameter that can be tuned", Evidence::documented);
        }
        const Json given = object_in(config, "algorithmHyperParameters");
        for (const auto& [name, value] : given.items()) check_value(algorithm, name, value.get<std::string>());
        check_tuning(algorithm, object_in(config, "hpoConfig"));
    }
    if (const auto members = named_by(*recipe, "featureTransformation", "featureTransformationArn")) {
        check_transformation(object_in(*members, "defaultParameters"),
                             object_in(config, "featureTransformationParameters"),
                             *text_member(*members, "featureTransformationArn"));
    }
}

}  // namespace plocal::operations
