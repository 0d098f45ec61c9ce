// Explains in plain words why a row passes a filter or not. Pure.
#pragma once

#include <cstddef>
#include <string>

#include "server/model/languages/filter/evaluate.h"

namespace plocal::languages {

struct FilterVerdict {
    bool passes = false;
    std::string expression;  // the part that decided, as written; empty if the row passes because no part excludes it
    std::string because;     // the values that decided: `Items.GENRE is "Drama|Music"`
};

/// Agrees with `PreparedFilter::passes`. A row that no INCLUDE holds for is explained by all INCLUDEs that apply,
/// joined by |.
FilterVerdict explain_filter(const PreparedFilter& filter, const FilterFields& fields, std::size_t row);

}  // namespace plocal::languages
