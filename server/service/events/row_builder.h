// Builds a typed row from the members and the properties of a record that the events service takes. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/service/data/cell.h"
#include "server/service/data/columns.h"

namespace plocal::events {

/// Returns the object in the text of a record's properties, an empty one for a record without properties. Throws
/// ApiError.
base::Json read_properties(const base::Json& record, const std::string& place);

/// Throws ApiError if the properties of an event have a key that only the event itself may have.
void forbid_event_keys(const base::Json& properties, const std::string& place);

class RowBuilder {
public:
    /// `columns` must outlive the builder. `place` names the record in refusals.
    RowBuilder(const data::Columns& columns, std::string place)
        : columns_(columns), place_(std::move(place)), row_(columns.size()) {}

    /// Takes what is not null, by the names of columns without regard to case and underscores. Others are ignored.
    /// Throws ApiError.
    void take_properties(const base::Json& properties);

    /// Replaces the value of a column, if the schema has it. Throws ApiError.
    void set(std::string_view column, const base::Json& value);

    /// Returns the row. Throws ApiError if a column is null that must not be.
    data::Row finish();

    /// Returns "" or which keys of the properties are ignored.
    std::string ignored() const;

private:
    void read(std::size_t index, const base::Json& value);

    const data::Columns& columns_;
    std::string place_;
    data::Row row_;
    std::vector<std::string> unknown_;
};

}  // namespace plocal::events
