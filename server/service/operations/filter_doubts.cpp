#include "server/service/operations/filter_doubts.h"

#include <optional>
#include <utility>

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/model/api_error.h"
#include "server/model/languages/avro/schema.h"
#include "server/model/languages/filter/parse.h"
#include "server/service/operations/group_columns.h"

namespace plocal::operations {
namespace {

using base::Json;

/// Returns "" for a member that is absent, or not a text.
std::string text_of(const Json& members, const char* name) {
    const std::string* const text = base::text_member(members, name);
    return text == nullptr ? std::string() : *text;
}

/// Returns nothing for an expression that is invalid by itself: doubt_about_filter tells that.
std::optional<languages::FilterExpression> valid_expression(const std::string& text) {
    try {
        languages::FilterExpression expression = languages::parse_filter_expression(text);
        languages::check_filter(expression, {});
        return expression;
    } catch (const model::ApiError&) {
        return std::nullopt;
    }
}

}  // namespace

bool FilterDoubts::concerns(std::string_view kind) {
    return kind == "schema" || kind == "dataset" || kind == "filter";
}

void FilterDoubts::note(std::string_view kind, std::string_view arn, std::string_view document, std::string place) {
    const Json members = base::parse_json(document);
    if (kind == "schema") {
        schemas_.emplace(arn, text_of(members, "schema"));
    } else if (kind == "dataset") {
        groups_[text_of(members, "datasetGroupArn")].emplace(base::upper(text_of(members, "datasetType")),
                                                             Dataset{std::string(arn), text_of(members, "schemaArn")});
    } else {
        filters_.emplace(
            arn, Filter{text_of(members, "datasetGroupArn"), text_of(members, "filterExpression"), std::move(place)});
    }
}

languages::FilterDatasets FilterDoubts::columns_of(const Group& group) const {
    languages::FilterDatasets known;
    for (const auto& [type, dataset] : group) {
        const auto schema = schemas_.find(dataset.schema);
        if (schema == schemas_.end()) continue;
        try {
            known.emplace(type,
                          languages::FilterDataset{dataset.arn, languages::parse_avro_schema(schema->second, "")});
        } catch (const model::ApiError&) {
            // doubt_about_schema tells it.
        }
    }
    return known;
}

std::string FilterDoubts::refusal_of(const Filter& filter, const Group& group) const {
    const auto expression = valid_expression(filter.expression);
    if (!expression) return {};
    for (const languages::FilterField& field : expression->fields) {
        if (group.contains(field.dataset)) continue;
        return "Invalid Expression. " + missing_dataset(field.dataset, filter.group);
    }
    try {
        languages::check_filter(*expression, columns_of(group));
    } catch (const model::ApiError& error) {
        return error.message();
    }
    return {};
}

std::vector<FilterDoubts::Doubt> FilterDoubts::list() const {
    std::vector<Doubt> doubts;
    for (const auto& [arn, filter] : filters_) {
        const auto group = groups_.find(filter.group);
        std::string refusal = group == groups_.end() ? std::string() : refusal_of(filter, group->second);
        if (!refusal.empty()) doubts.push_back({filter.place, std::move(refusal)});
    }
    return doubts;
}

}  // namespace plocal::operations
