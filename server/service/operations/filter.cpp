#include "server/service/operations/filter.h"

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "server/base/json.h"
#include "server/model/languages/filter/check.h"
#include "server/model/languages/filter/parse.h"
#include "server/service/operations/group_columns.h"

namespace plocal::operations {

namespace {

using base::Json;
using base::text_member;
using languages::FilterExpression;
using model::Evidence;
using resources::Creation;
using resources::ResolvedReference;
using storage::Record;

/// Returns the datasets of a group whose schema is known.
languages::FilterDatasets known_datasets(const GroupColumns& columns) {
    languages::FilterDatasets known;
    for (const auto& [type, dataset] : columns.datasets()) {
        auto schema = columns.schema(type);
        if (schema) known.emplace(type, languages::FilterDataset{dataset.arn, std::move(*schema)});
    }
    return known;
}

/// Requires the datasets whose columns an expression reads.
void require_datasets(const GroupColumns& columns, const FilterExpression& expression) {
    for (const languages::FilterField& field : expression.fields) {
        columns.require(field.dataset, "Invalid Expression. ",
                        "the filter reads " + field.dataset + "." + field.column);
    }
}

/// Notes what a filter can never find: IN compares texts, so a list for a column of numbers should be a comparison.
void note_texts_for_numbers(Creation& creation, const FilterExpression& expression, const GroupColumns& columns) {
    for (const std::string& name : languages::number_columns_in_lists(expression, known_datasets(columns))) {
        creation.context.notes.push_back("the filter " + creation.name + " looks for texts in the numbers of " + name +
                                         ": the guide compares numbers by =, <, <=, > and >=");
    }
}

/// Adds the fields of an existing filter. An invalid expression, which only a fixture can have, counts as one field.
void add_fields_of(std::set<std::string>& names, const std::string& text) {
    try {
        names.merge(languages::distinct_filter_fields(languages::parse_filter_expression(text)));
    } catch (const model::ApiError&) {
        names.insert(text);
    }
}

void refuse_more_fields(std::size_t count, std::string_view quota, std::int64_t limit, const char* where) {
    if (static_cast<std::int64_t>(count) <= limit) return;
    throw model::ApiError("LimitExceededException",
                          "More than " + std::to_string(limit) + " distinct fields in " + where + ".",
                          "the quota " + std::string(quota) + " is " + std::to_string(limit), Evidence::documented);
}

/// Limits the number of distinct fields in a filter, and in all filters of its group.
void check_field_quotas(Creation& creation, const ResolvedReference& group, const FilterExpression& expression) {
    const auto limit_of = [&creation](std::string_view quota) {
        return creation.context.quotas.limit_of(creation.owner.account, resources::quota_named(quota));
    };
    if (const auto limit = limit_of("fieldsPerFilter")) {
        const std::size_t count = languages::distinct_filter_fields(expression).size();
        refuse_more_fields(count, "fieldsPerFilter", *limit, "the filter");
    }
    const auto limit = limit_of("filterFields");
    if (!limit) return;
    std::set<std::string> names = languages::distinct_filter_fields(expression);
    for (const Record& filter : creation.context.store.resources().children(group.reference.arn, "filter")) {
        const Json members = value_of(creation.context, filter);
        const std::string* const text = text_member(members, "filterExpression");
        if (text != nullptr) add_fields_of(names, *text);
    }
    refuse_more_fields(names.size(), "filterFields", *limit, "the filters of the dataset group");
}

}  // namespace

void complete_filter(Creation& creation) {
    const ResolvedReference& group = *creation.refer("datasetGroupArn");
    const FilterExpression expression = languages::parse_filter_expression(*creation.text("filterExpression"));
    const GroupColumns columns(creation.context, group.reference.arn);
    require_datasets(columns, expression);
    languages::check_filter(expression, known_datasets(columns));
    note_texts_for_numbers(creation, expression, columns);
    check_field_quotas(creation, group, expression);
}

}  // namespace plocal::operations
