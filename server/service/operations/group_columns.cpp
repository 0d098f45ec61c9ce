#include "server/service/operations/group_columns.h"

#include <algorithm>
#include <utility>

#include "server/service/lifecycle/timeline_state.h"
#include "server/service/operations/dataset.h"
#include "server/service/resources/lookup.h"

namespace plocal::operations {

using model::Evidence;
using resources::Context;
using resources::invalid_input;

std::string missing_dataset(std::string_view type, std::string_view group_arn) {
    return "The dataset group has no dataset of type " + std::string(type) + ": " + std::string(group_arn);
}

GroupColumns::GroupColumns(Context& context, const std::string& group_arn) : context_(context), group_(group_arn) {
    const auto group = context.store.resources().find(group_arn);
    if (group) datasets_ = datasets_of(context, group_arn);
    const bool came_without = !group || group->timeline.origin == lifecycle::cause_fixture;
    const bool are_assumed = context.settings.references == resources::References::lenient;
    are_unknown_ = are_assumed || (datasets_.empty() && came_without);
}

void GroupColumns::require(std::string_view type, std::string_view before, std::string why) const {
    if (may_have(type)) return;
    throw invalid_input(std::string(before) + missing_dataset(type, group_), std::move(why), Evidence::inferred);
}

std::optional<languages::AvroSchema> GroupColumns::schema(std::string_view type) const {
    const auto dataset = datasets_.find(type);
    return dataset == datasets_.end() ? std::nullopt : columns_of(context_, dataset->second);
}

void GroupColumns::require_column(std::string_view type, std::string_view column, std::string why) const {
    const auto columns = schema(type);
    if (!columns || columns->column(column) != nullptr) return;
    throw invalid_input("The column " + std::string(column) + " is not in the schema of the dataset " +
                            datasets_.find(type)->second.arn,
                        std::move(why), Evidence::documented);
}

bool is_numeric(const languages::Column& column) {
    constexpr const char* numbers[] = {"int", "long", "float", "double"};
    return std::ranges::any_of(numbers, [&column](const char* type) { return column.has_type(type); });
}

}  // namespace plocal::operations
