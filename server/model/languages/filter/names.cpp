#include "server/model/languages/filter/names.h"

#include <algorithm>
#include <string>
#include <utility>

#include "server/base/text.h"

namespace plocal::languages {
namespace {

constexpr std::array<FilterDatasetName, 7> filter_dataset_names = {
    {{"INTERACTIONS", "INTERACTIONS", FilterSource::events},
     {"ITEMS", "ITEMS", FilterSource::row},
     {"USERS", "USERS", FilterSource::row},
     {"ACTIONS", "ACTIONS", FilterSource::row},
     {"ACTION_INTERACTIONS", "ACTION_INTERACTIONS", FilterSource::events},
     {"CURRENTUSER", "USERS", FilterSource::current_user},
     {"CURRENTITEM", "ITEMS", FilterSource::current_item}}};

constexpr std::array<FilterTarget, 3> filter_targets = {
    {{"ITEMID", FilterIds::items, {"ITEMS", "INTERACTIONS"}, "ItemID is filtered by fields of Items or Interactions"},
     {"USERID", FilterIds::users, {"USERS", "INTERACTIONS"}, "UserID is filtered by fields of Users or Interactions"},
     {"ACTIONID",
      FilterIds::actions,
      {"ACTIONS", "ACTION_INTERACTIONS", "INTERACTIONS"},
      "ActionID is filtered by fields of Actions, Action_Interactions or Interactions"}}};

constexpr std::array<std::pair<std::string_view, FilterOperation>, 6> filter_comparisons = {
    {{"=", FilterOperation::equal},
     {"!=", FilterOperation::not_equal},
     {"<", FilterOperation::less},
     {"<=", FilterOperation::less_equal},
     {">", FilterOperation::greater},
     {">=", FilterOperation::greater_equal}}};

// One of the guide's examples has Action for Actions, so the singular is accepted.
bool names_filter_dataset(const FilterToken& token, const FilterDatasetName& name) {
    return token.is_word(name.word) || (!name.is_current() && token.is_word(name.word.substr(0, name.word.size() - 1)));
}

// "Action_Interactions" of ACTION_INTERACTIONS.
std::string filter_dataset_in_guide(std::string_view dataset) {
    std::string name = base::lower(dataset);
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (i == 0 || name[i - 1] == '_') name[i] = base::upper(name[i]);
    }
    return name;
}

}  // namespace

bool FilterTarget::allows(std::string_view dataset) const {
    return std::ranges::find(datasets, dataset) != datasets.end();
}

const FilterDatasetName* filter_dataset_named(const FilterToken& token) {
    const auto* const found = std::ranges::find_if(
        filter_dataset_names, [&token](const FilterDatasetName& known) { return names_filter_dataset(token, known); });
    return found == filter_dataset_names.end() ? nullptr : found;
}

const FilterTarget* filter_target_named(const FilterToken& token) {
    const auto* const found =
        std::ranges::find_if(filter_targets, [&token](const FilterTarget& known) { return token.is_word(known.word); });
    return found == filter_targets.end() ? nullptr : found;
}

std::optional<FilterOperation> filter_comparison(const FilterToken& token) {
    for (const auto& [sign, operation] : filter_comparisons) {
        if (token.is_sign(sign)) return operation;
    }
    return std::nullopt;
}

std::string_view filter_ids_name(FilterIds ids) {
    switch (ids) {
        case FilterIds::items:
            return "ItemID";
        case FilterIds::users:
            return "UserID";
        case FilterIds::actions:
            break;
    }
    return "ActionID";
}

std::string filter_field_name(const FilterField& field) {
    switch (field.source) {
        case FilterSource::current_user:
            return "CurrentUser." + field.column;
        case FilterSource::current_item:
            return "CurrentItem." + field.column;
        case FilterSource::row:
        case FilterSource::events:
            break;
    }
    return filter_dataset_in_guide(field.dataset) + "." + field.column;
}

}  // namespace plocal::languages
