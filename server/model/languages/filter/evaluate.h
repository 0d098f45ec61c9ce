// Evaluates a bound filter over rows. Immutable after it is prepared: any number of threads may evaluate it, each over
// fields that allow it.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "server/model/languages/filter/bound.h"
#include "server/model/languages/filter/fields.h"

namespace plocal::languages {

/// One truth for each row, by the row's index.
using FilterRows = std::vector<bool>;

class PreparedFilter {
public:
    /// Finds the columns once. They must stay the same as long as the filter is evaluated. `filter` must not be null.
    PreparedFilter(std::shared_ptr<const BoundFilter> filter, const FilterColumns& columns);

    const BoundFilter& filter() const { return *filter_; }

    /// Returns true if a row passes: it is in one of the INCLUDEs that apply, or none applies, and in none of the
    /// EXCLUDEs that apply.
    bool passes(const FilterFields& fields, std::size_t row) const;

    /// Returns which of the rows from 0 to `row_count` - 1 pass.
    FilterRows passing(const FilterFields& fields, std::size_t row_count) const;

    /// Returns true if the IF of a part holds, or it has none. Reads no row.
    bool applies(std::size_t part, const FilterFields& fields) const;

    /// Returns true if the conditions of a part hold for a row, without its IF.
    bool holds(std::size_t part, const FilterFields& fields, std::size_t row) const;

    /// Returns for which of the rows from 0 to `row_count` - 1 the conditions of a part hold, without its IF. Reads
    /// what the part's `reads` says, so the result can be kept by the part's key until that changes.
    FilterRows rows_of(std::size_t part, const FilterFields& fields, std::size_t row_count) const;

    /// Combines the results of `rows_of` for all parts, in order: those of parts that do not apply are null. Returns
    /// which rows pass. The results must be of `row_count` rows.
    FilterRows combine(std::span<const FilterRows* const> rows_of_parts, std::size_t row_count) const;

    /// Returns true if one condition of this filter holds for a row.
    bool holds(const BoundCondition& condition, const FilterFields& fields, std::size_t row) const;

    /// Returns the value of one of the filter's fields, by its index. The source of the field must not be `events`.
    FilterCell cell(std::size_t field, const FilterFields& fields, std::size_t row) const;

private:
    bool holds_for_events(const BoundCondition& condition, const FilterFields& fields, std::size_t row) const;
    bool holds_for_cell(const BoundCondition& condition, const FilterCell& cell, const FilterFields& fields,
                        std::size_t row) const;
    bool is_in(const BoundCondition& condition, const FilterCell& cell, const FilterFields& fields,
               std::size_t row) const;

    std::shared_ptr<const BoundFilter> filter_;
    std::vector<std::optional<std::size_t>> columns_;  // by the index of the field
};

}  // namespace plocal::languages
