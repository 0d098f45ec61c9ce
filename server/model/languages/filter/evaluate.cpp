#include "server/model/languages/filter/evaluate.h"

#include <algorithm>
#include <compare>
#include <utility>

namespace plocal::languages {
namespace {

/// Returns whether a condition holds for a value that is not there: it is in no list and equal to nothing, so NOT IN
/// and != hold. If the value is the current user's, nothing holds, and so no IF.
constexpr bool holds_for_null(FilterOperation operation, FilterSource source) {
    return is_negation(operation) && source != FilterSource::current_user;
}

bool holds_in_order(FilterOperation operation, std::partial_ordering order) {
    switch (operation) {
        case FilterOperation::less:
            return std::is_lt(order);
        case FilterOperation::less_equal:
            return std::is_lteq(order);
        case FilterOperation::greater:
            return std::is_gt(order);
        case FilterOperation::greater_equal:
            return std::is_gteq(order);
        default:
            return false;
    }
}

}  // namespace

PreparedFilter::PreparedFilter(std::shared_ptr<const BoundFilter> filter, const FilterColumns& columns)
    : filter_(std::move(filter)) {
    for (const FilterField& field : filter_->fields) {
        columns_.push_back(field.source == FilterSource::events ? std::nullopt
                                                                : columns.filter_column(field.dataset, field.column));
    }
}

bool PreparedFilter::passes(const FilterFields& fields, std::size_t row) const {
    bool restricts = false;
    bool is_included = false;
    for (std::size_t part = 0; part < filter_->parts.size(); ++part) {
        const bool includes = filter_->parts[part].effect == FilterEffect::include;
        if ((includes && is_included) || !applies(part, fields)) continue;
        const bool matches = holds(part, fields, row);
        if (matches && !includes) return false;
        restricts |= includes;
        is_included |= includes && matches;
    }
    return is_included || !restricts;
}

FilterRows PreparedFilter::passing(const FilterFields& fields, std::size_t row_count) const {
    std::vector<FilterRows> rows(filter_->parts.size());
    std::vector<const FilterRows*> applied(rows.size(), nullptr);
    for (std::size_t part = 0; part < rows.size(); ++part) {
        if (!applies(part, fields)) continue;
        rows[part] = rows_of(part, fields, row_count);
        applied[part] = &rows[part];
    }
    return combine(applied, row_count);
}

bool PreparedFilter::applies(std::size_t part, const FilterFields& fields) const {
    return std::ranges::all_of(filter_->parts[part].only_if, [this, &fields](const BoundCondition& condition) {
        return holds(condition, fields, 0);
    });
}

bool PreparedFilter::holds(std::size_t part, const FilterFields& fields, std::size_t row) const {
    const std::vector<BoundCondition>& conditions = filter_->parts[part].conditions;
    std::size_t next = 0;
    while (next < conditions.size()) {
        const BoundCondition& condition = conditions[next];
        next = holds(condition, fields, row) ? condition.if_true : condition.if_false;
    }
    return next == accepts;
}

FilterRows PreparedFilter::rows_of(std::size_t part, const FilterFields& fields, std::size_t row_count) const {
    FilterRows rows(row_count);
    for (std::size_t row = 0; row < row_count; ++row) rows[row] = holds(part, fields, row);
    return rows;
}

FilterRows PreparedFilter::combine(std::span<const FilterRows* const> rows_of_parts, std::size_t row_count) const {
    const auto all_of = [this, rows_of_parts](FilterEffect effect) {
        std::vector<const FilterRows*> applied;
        for (std::size_t part = 0; part < filter_->parts.size(); ++part) {
            if (filter_->parts[part].effect != effect || rows_of_parts[part] == nullptr) continue;
            applied.push_back(rows_of_parts[part]);
        }
        return applied;
    };
    const auto includes = all_of(FilterEffect::include);
    const auto excludes = all_of(FilterEffect::exclude);
    FilterRows passing(row_count);
    for (std::size_t row = 0; row < row_count; ++row) {
        const auto matches = [row](const FilterRows* rows) { return (*rows)[row]; };
        passing[row] =
            (includes.empty() || std::ranges::any_of(includes, matches)) && std::ranges::none_of(excludes, matches);
    }
    return passing;
}

bool PreparedFilter::holds(const BoundCondition& condition, const FilterFields& fields, std::size_t row) const {
    const FilterSource source = filter_->fields[condition.field].source;
    if (source == FilterSource::events) return holds_for_events(condition, fields, row);
    const FilterCell value = cell(condition.field, fields, row);
    if (is_null(value)) return holds_for_null(condition.operation, source);
    return holds_for_cell(condition, value, fields, row);
}

FilterCell PreparedFilter::cell(std::size_t field, const FilterFields& fields, std::size_t row) const {
    const std::optional<std::size_t>& column = columns_[field];
    if (!column) return {};
    switch (filter_->fields[field].source) {
        case FilterSource::row:
            return fields.filter_cell(row, *column);
        case FilterSource::current_user:
            return fields.current_user_cell(*column);
        case FilterSource::current_item:
            return fields.current_item_cell(*column);
        case FilterSource::events:
            break;
    }
    return {};
}

bool PreparedFilter::holds_for_events(const BoundCondition& condition, const FilterFields& fields,
                                      std::size_t row) const {
    if (is_ordering(condition.operation)) return false;
    const FilterEvents events = events_of(filter_->fields[condition.field]);
    const auto types = fields.filter_event_types(events, row);
    const bool is_listed = std::ranges::any_of(types, [&condition, events](std::string_view type) {
        return condition.is_any || std::ranges::any_of(condition.literals.texts(), [&](std::string_view listed) {
                   return is_same_event_type(events, listed, type);
               });
    });
    return is_listed != is_negation(condition.operation);
}

bool PreparedFilter::holds_for_cell(const BoundCondition& condition, const FilterCell& value,
                                    const FilterFields& fields, std::size_t row) const {
    const bool has_only_other = condition.others.size() == 1 && condition.literals.texts().empty();
    const FilterCell other = has_only_other ? cell(condition.others.front(), fields, row) : FilterCell();
    if (has_only_other && is_null(other)) {
        return holds_for_null(condition.operation, filter_->fields[condition.others.front()].source);
    }
    if (!is_ordering(condition.operation))
        return is_in(condition, value, fields, row) != is_negation(condition.operation);
    const auto number = number_of_cell(value);
    const auto limit = has_only_other ? number_of_cell(other) : condition.literals.only_number();
    return number && limit && holds_in_order(condition.operation, compare_filter_numbers(*number, *limit));
}

bool PreparedFilter::is_in(const BoundCondition& condition, const FilterCell& value, const FilterFields& fields,
                           std::size_t row) const {
    return condition.literals.contains(value) || std::ranges::any_of(condition.others, [&](std::size_t other) {
               return cells_share_value(value, cell(other, fields, row));
           });
}

}  // namespace plocal::languages
