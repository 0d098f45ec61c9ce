// A filter expression with the values of one request in the place of its placeholders. Immutable, so it can be kept by
// its key and read by any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "server/model/languages/filter/literals.h"
#include "server/model/languages/filter/tree.h"

namespace plocal::languages {

struct BoundCondition {
    std::size_t field = 0;  // its index in BoundFilter::fields
    FilterOperation operation = FilterOperation::in;
    FilterLiterals literals;
    std::vector<std::size_t> others;  // fields that it is compared with, by their indexes
    bool is_any = false;              // "*", any interaction

    // Where a condition that holds and one that does not lead: the index of the next condition to evaluate, `accepts`
    // or `rejects`.
    std::size_t if_true = 0;
    std::size_t if_false = 0;
};

/// Ends of the chain of conditions.
inline constexpr std::size_t accepts = static_cast<std::size_t>(-1);
inline constexpr std::size_t rejects = static_cast<std::size_t>(-2);

/// What a part reads beside its literals. The rows that its conditions hold for can be kept as long as that stays the
/// same. The current user's columns are read by the IF alone, and an IF reads no row.
struct FilterReads {
    bool rows = false;          // columns of items, users or actions
    bool events = false;        // the current user's interactions
    bool current_user = false;  // columns of the current user
    bool current_item = false;  // columns of the current item

    bool operator==(const FilterReads&) const = default;
};

struct BoundPart {
    FilterEffect effect = FilterEffect::include;
    std::vector<BoundCondition> conditions;  // never empty; evaluation starts with the first
    std::vector<BoundCondition> only_if;     // all of them must hold
    FilterReads reads;
    std::string key;   // equal for parts that hold for the same rows, whatever their effect and IF
    std::string text;  // as written in the expression
};

struct BoundFilter {
    FilterIds ids = FilterIds::items;
    std::vector<BoundPart> parts;  // empty if each part was an EXCLUDE without its value
    std::vector<FilterField> fields;
    std::string key;  // equal for filters that pass the same rows of the same data
};

/// Returns an event type in the form in which the service compares it: without regard to case, and, for actions, to
/// blanks and underscores ("Not Taken" is NOT_TAKEN).
std::string fold_event_type(FilterEvents events, std::string_view type);

/// Returns true if the folded types are equal. Allocates nothing.
bool is_same_event_type(FilterEvents events, std::string_view one, std::string_view other);

/// Returns which interactions a field is of. Its source must be `events`.
FilterEvents events_of(const FilterField& field);

/// Sets `if_true` and `if_false` of each condition so that they evaluate as `logic` says, each condition once at most.
void chain_conditions(std::vector<BoundCondition>& conditions, const std::vector<FilterStep>& logic);

/// Sets the keys of the filter and its parts. The values are in them, so they may be long.
void set_filter_keys(BoundFilter& filter);

}  // namespace plocal::languages
