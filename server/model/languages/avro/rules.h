// What the developer guide asks of the fields of a schema: which ones a dataset of each type must have, which names are
// reserved and for what type. Tables and a look-up, pure.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace plocal::languages {

/// What a field of a known name must say of its strings, besides their type.
enum class Marking {
    any,              // the guide leaves it open
    not_categorical,  // a plain string, or no string at all
    categorical,
    textual,
};

/// A field whose name means something to the service.
struct FieldRule {
    std::string_view name;
    std::string_view type;
    bool is_required = false;
    bool may_be_null = false;
    Marking marking = Marking::any;
    std::string_view other_type = {};  // as good as `type`; empty for most
};

/// What a schema of one dataset type is held against. A field without a rule is metadata.
struct DatasetRules {
    std::string_view dataset_type;  // "ITEMS"
    std::string_view domain;        // empty for a custom dataset group
    std::span<const FieldRule> fields;
    bool needs_metadata = false;
    std::size_t most_metadata = 0;

    /// The rule for that field, or null. Names are told apart by case.
    const FieldRule* field(std::string_view name) const;
};

/// The rules for "ITEMS" and the like; null if the domain has no dataset of that type. An unknown domain counts as
/// none.
const DatasetRules* rules_of(std::string_view dataset_type, std::string_view domain);

}  // namespace plocal::languages
