// Avro's part of a schema: a flat record, and which dataset type its name stands for. Knows nothing of what the fields
// of such a dataset must be. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plocal::languages {

struct Column {
    std::string name;
    std::vector<std::string> types;  // "string", "long", "null", ... in the schema's order; one of them is not "null"
    bool is_categorical = false;
    bool is_textual = false;

    bool has_type(std::string_view type) const;
    bool may_be_null() const;
};

struct AvroSchema {
    std::string dataset_type;  // "INTERACTIONS", "ITEMS", "USERS", "ACTIONS" or "ACTION_INTERACTIONS", from its name
    std::vector<Column> columns;

    /// The column of that name, case and all, or null. Lives as long as the schema.
    const Column* column(std::string_view name) const;
};

/// Attributes that the service has no use for are let through. Throws as `refuse_schema` does.
AvroSchema read_avro_record(std::string_view text);

}  // namespace plocal::languages
