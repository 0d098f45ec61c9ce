// The words of a filter expression that have a meaning: datasets, kinds of ids and operators, and which of them go
// together. Tables and look-ups, pure.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "server/model/languages/filter/tokens.h"
#include "server/model/languages/filter/tree.h"

namespace plocal::languages {

struct FilterDatasetName {
    std::string_view word;     // in capitals
    std::string_view dataset;  // whose columns it has
    FilterSource source;

    bool is_current() const { return source == FilterSource::current_user || source == FilterSource::current_item; }
};

struct FilterTarget {
    std::string_view word;  // in capitals
    FilterIds ids;
    std::array<std::string_view, 3> datasets;
    const char* rule;  // which datasets filter it

    bool allows(std::string_view dataset) const;
};

/// Returns the dataset that a token names, in any case, or null.
const FilterDatasetName* filter_dataset_named(const FilterToken& token);

/// Returns the kind of ids that a token names, in any case, or null.
const FilterTarget* filter_target_named(const FilterToken& token);

/// Returns the comparison that a token is, or nothing. IN and NOT IN are none.
std::optional<FilterOperation> filter_comparison(const FilterToken& token);

/// Returns the name of ids as the guide writes it, "ItemID".
std::string_view filter_ids_name(FilterIds ids);

/// Returns the field as the guide writes it, "Items.GENRE".
std::string filter_field_name(const FilterField& field);

}  // namespace plocal::languages
