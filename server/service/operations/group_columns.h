// The datasets of a dataset group and the columns of their schemas, as far as they are known: a fixture may bring a
// group without its datasets, or a dataset without its schema. On the thread that owns the store.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "server/model/languages/avro/schema.h"
#include "server/service/resources/context.h"
#include "storage/record.h"

namespace plocal::operations {

/// The message that refuses what needs a dataset that the group has not.
std::string missing_dataset(std::string_view type, std::string_view group_arn);

class GroupColumns {
public:
    /// Reads the datasets of a group, which need not exist. Throws SqlError. The context must outlive the columns.
    GroupColumns(resources::Context& context, const std::string& group_arn);

    /// Returns true if the group may have a dataset of this type ("ITEMS"): it has one, a fixture brought the group
    /// without any dataset, or what is missing is assumed to exist.
    bool may_have(std::string_view type) const { return are_unknown_ || datasets_.contains(type); }

    /// Throws ApiError (InvalidInputException) unless the group may have a dataset of this type. `before` begins the
    /// message, `why` says what needs the dataset.
    void require(std::string_view type, std::string_view before, std::string why) const;

    /// Returns the schema of the dataset of this type, or nothing if it is not known. Throws SqlError.
    std::optional<languages::AvroSchema> schema(std::string_view type) const;

    /// Throws ApiError (InvalidInputException) if the schema of the dataset of this type is known and lacks the column.
    /// Throws SqlError.
    void require_column(std::string_view type, std::string_view column, std::string why) const;

    const std::map<std::string, storage::Record, std::less<>>& datasets() const { return datasets_; }

private:
    resources::Context& context_;
    std::string group_;
    std::map<std::string, storage::Record, std::less<>> datasets_;
    bool are_unknown_ = false;
};

/// Returns true if the column can hold numbers: int, long, float or double.
bool is_numeric(const languages::Column& column);

}  // namespace plocal::operations
