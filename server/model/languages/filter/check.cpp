#include "server/model/languages/filter/check.h"

#include <algorithm>
#include <string_view>

#include "server/base/text.h"
#include "server/model/api_error.h"
#include "server/model/languages/filter/literals.h"
#include "server/model/languages/filter/names.h"
#include "server/model/languages/filter/tokens.h"

namespace plocal::languages {
namespace {

using model::Evidence;

const Column* filter_column_of(const AvroSchema& schema, std::string_view name) {
    const auto found = std::ranges::find_if(
        schema.columns, [name](const Column& column) { return base::is_same_in_any_case(column.name, name); });
    return found == schema.columns.end() ? nullptr : &*found;
}

model::ApiError column_refused(const FilterField& field, const std::string& what, Evidence evidence) {
    return {"InvalidInputException", "Invalid Expression. The column " + field.column + " " + what,
            filter_field_name(field) + " at position " + std::to_string(field.at + 1) + " cannot be filtered",
            evidence};
}

class FilterChecker {
public:
    FilterChecker(const FilterExpression& expression, const FilterDatasets& datasets)
        : expression_(expression), datasets_(datasets) {}

    void all() const {
        for (const FilterPart& part : expression_.parts) {
            check_ids(part);
            for (const FilterCondition& condition : part.conditions) check(condition);
            for (const FilterCondition& condition : part.only_if) check(condition);
        }
        for (const FilterField& field : expression_.fields) check_column(field);
    }

private:
    void check_ids(const FilterPart& part) const {
        const FilterIds first = expression_.parts.front().ids;
        if (part.ids == first) return;
        throw forbidden(part.ids_at,
                        "All expressions of a filter return the same ids, " + std::string(filter_ids_name(first)),
                        Evidence::inferred);
    }

    void check(const FilterCondition& condition) const {
        check_placeholders(condition);
        const FilterField& field = expression_.fields[condition.field];
        if (field.source == FilterSource::events) check_events(condition);
        if (is_ordering(condition.operation)) check_ordering(condition, field);
    }

    void check_placeholders(const FilterCondition& condition) const {
        bool has_one = false;
        for (const FilterValue& value : condition.values) {
            if (value.kind != FilterValueKind::placeholder) continue;
            if (has_one) throw forbidden(value.at, "A list can have only one placeholder", Evidence::documented);
            has_one = true;
        }
    }

    void check_events(const FilterCondition& condition) const {
        for (const FilterValue& value : condition.values) {
            if (value.kind != FilterValueKind::field) continue;
            throw forbidden(value.at, "EVENT_TYPE is compared with event types", Evidence::inferred);
        }
        if (!is_ordering(condition.operation)) return;
        throw forbidden(condition.values.front().at, ordering_rule, Evidence::documented);
    }

    void check_ordering(const FilterCondition& condition, const FilterField& field) const {
        for (const FilterValue& value : condition.values) {
            if (value.kind == FilterValueKind::field) check_orderable(expression_.fields[value.field]);
            if (value.kind != FilterValueKind::text || read_filter_number(value.text)) continue;
            throw forbidden(value.at, ordering_rule, Evidence::documented);
        }
        check_orderable(field);
    }

    void check_orderable(const FilterField& field) const {
        const Column* const column = column_of(field);
        if (column == nullptr || !column->has_type("string")) return;
        throw column_refused(field, "holds texts. " + std::string(ordering_rule) + ".", Evidence::documented);
    }

    // The guide allows EVENT_TYPE in filters, whatever the schema has.
    void check_column(const FilterField& field) const {
        const auto dataset = datasets_.find(field.dataset);
        if (dataset == datasets_.end() || field.source == FilterSource::events) return;
        const Column* const column = column_of(field);
        if (column == nullptr) {
            throw column_refused(field, "is not in the schema of the dataset " + dataset->second.arn,
                                 Evidence::inferred);
        }
        if (column->is_textual) {
            throw column_refused(field, "is textual. Filters cannot use textual columns.", Evidence::documented);
        }
        if (!column->has_type("boolean")) return;
        throw column_refused(field, "is boolean. Filters cannot use boolean columns.", Evidence::documented);
    }

    const Column* column_of(const FilterField& field) const {
        const auto dataset = datasets_.find(field.dataset);
        return dataset == datasets_.end() ? nullptr : filter_column_of(dataset->second.schema, field.column);
    }

    model::ApiError forbidden(std::size_t at, const std::string& rule, Evidence evidence) const {
        return filter_forbidden(expression_.text, filter_token_at(expression_.text, at), rule, evidence);
    }

    static constexpr const char* ordering_rule = "<, <=, > and >= compare numbers; IN, NOT IN, = and != compare texts";

    const FilterExpression& expression_;
    const FilterDatasets& datasets_;
};

}  // namespace

void check_filter(const FilterExpression& expression, const FilterDatasets& datasets) {
    FilterChecker(expression, datasets).all();
}

std::vector<std::string> number_columns_in_lists(const FilterExpression& expression, const FilterDatasets& datasets) {
    std::vector<std::string> names;
    const auto add_lists = [&](const std::vector<FilterCondition>& conditions) {
        for (const FilterCondition& condition : conditions) {
            const FilterField& field = expression.fields[condition.field];
            const auto dataset = datasets.find(field.dataset);
            const bool is_list =
                condition.operation == FilterOperation::in || condition.operation == FilterOperation::not_in;
            const bool has_text = std::ranges::count(condition.values, FilterValueKind::text, &FilterValue::kind) != 0;
            if (!is_list || !has_text || dataset == datasets.end()) continue;
            const Column* const column = filter_column_of(dataset->second.schema, field.column);
            if (column != nullptr && !column->has_type("string")) names.push_back(filter_field_name(field));
        }
    };
    for (const FilterPart& part : expression.parts) {
        add_lists(part.conditions);
        add_lists(part.only_if);
    }
    return names;
}

std::set<std::string> distinct_filter_fields(const FilterExpression& expression) {
    std::set<std::string> names;
    for (const FilterField& field : expression.fields) names.insert(base::upper(field.dataset + "." + field.column));
    return names;
}

}  // namespace plocal::languages
