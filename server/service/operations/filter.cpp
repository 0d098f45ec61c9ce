#include "server/service/operations/filter.h"

#include <algorithm>
#include <set>
#include <string>

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/model/languages/filter/parse.h"
#include "server/service/operations/dataset.h"

namespace plocal::operations {

namespace {

using base::Json;
using base::text_member;
using languages::FilterExpression;
using languages::FilterField;
using model::Evidence;
using resources::Context;
using resources::Creation;
using resources::invalid_input;
using resources::ResolvedReference;
using storage::Record;

/// The guide allows EVENT_TYPE in filters on every dataset, whatever its schema has.
bool is_always_valid(const FilterField& field) {
    return base::is_same_in_any_case(field.column, "EVENT_TYPE");
}

void check_column(Context& context, const Record& dataset, const FilterField& field) {
    const auto columns = columns_of(context, dataset);
    if (!columns || is_always_valid(field)) return;
    const bool exists = std::ranges::any_of(columns->columns, [&field](const auto& column) {
        return base::is_same_in_any_case(column.name, field.column);
    });
    if (exists) return;
    throw invalid_input(
        "Invalid Expression. The column " + field.column + " is not in the schema of the dataset " + dataset.arn,
        "the column at position " + std::to_string(field.at + 1) + " does not exist", Evidence::inferred);
}

void check_columns(Creation& creation, const ResolvedReference& group, const FilterExpression& expression) {
    if (!group.record) return;
    const auto datasets = datasets_of(creation.context, group.reference.arn);
    for (const FilterField& field : expression.fields) {
        const auto dataset = datasets.find(field.dataset);
        if (dataset != datasets.end()) check_column(creation.context, dataset->second, field);
    }
}

void add_fields(std::set<std::string>& names, const FilterExpression& expression) {
    for (const FilterField& field : expression.fields) names.insert(field.dataset + "." + field.column);
}

/// Adds the fields of an existing filter. An invalid expression, which only a fixture can have, counts as one field.
void add_fields_of(std::set<std::string>& names, const std::string& text) {
    try {
        add_fields(names, languages::parse_filter_expression(text));
    } catch (const model::ApiError&) {
        names.insert(text);
    }
}

/// Limits the number of distinct fields in all filters of a group.
void check_field_quota(Creation& creation, const ResolvedReference& group, const FilterExpression& expression) {
    const auto limit = creation.context.quotas.limit_of(creation.owner.account, resources::quota_named("filterFields"));
    if (!limit) return;
    std::set<std::string> names;
    add_fields(names, expression);
    for (const Record& filter : creation.context.store.resources().children(group.reference.arn, "filter")) {
        const Json members = value_of(creation.context, filter);
        const std::string* const text = text_member(members, "filterExpression");
        if (text != nullptr) add_fields_of(names, *text);
    }
    if (static_cast<std::int64_t>(names.size()) <= *limit) return;
    throw model::ApiError(
        "LimitExceededException",
        "More than " + std::to_string(*limit) + " distinct fields in the filters of the dataset group.",
        "the quota filterFields is " + std::to_string(*limit), Evidence::documented);
}

}  // namespace

void complete_filter(Creation& creation) {
    const ResolvedReference& group = *creation.refer("datasetGroupArn");
    const FilterExpression expression = languages::parse_filter_expression(*creation.text("filterExpression"));
    check_columns(creation, group, expression);
    check_field_quota(creation, group, expression);
}

}  // namespace plocal::operations
