// The developer guide's rules for the fields of a schema: the required fields of each dataset type, and the reserved
// names with their types. Tables and a look-up, pure.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace plocal::languages {

/// The flags that a field of a known name must have beside its type.
enum class Marking {
    any,              // the guide prescribes none
    not_categorical,  // a plain string, or not a string
    categorical,
    textual,
};

/// A field whose name has a meaning for the service.
struct FieldRule {
    std::string_view name;
    std::string_view type;
    bool is_required = false;
    bool may_be_null = false;
    Marking marking = Marking::any;
    std::string_view other_type = {};  // allowed instead of `type`; empty for most
};

/// The rules for schemas of one dataset type. A field without a rule is metadata.
struct DatasetRules {
    std::string_view dataset_type;  // "ITEMS"
    std::string_view domain;        // empty for a custom dataset group
    std::span<const FieldRule> fields;
    bool needs_metadata = false;
    std::size_t most_metadata = 0;

    /// Returns the rule for the field of this name, compared with case, or null.
    const FieldRule* field(std::string_view name) const;
};

/// Returns the rules for a dataset type such as "ITEMS", or null if the domain has no dataset of that type. An unknown
/// domain counts as no domain.
const DatasetRules* rules_of(std::string_view dataset_type, std::string_view domain);

}  // namespace plocal::languages
