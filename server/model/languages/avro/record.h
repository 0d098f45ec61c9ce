// Reads the Avro part of a schema: a flat record, and the dataset type that its name stands for. Does not check which
// fields that dataset type requires. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plocal::languages {

struct Column {
    std::string name;
    std::vector<std::string> types;  // "string", "long", "null", ... in the schema's order; at least one is not "null"
    bool is_categorical = false;
    bool is_textual = false;

    bool has_type(std::string_view type) const;
    bool may_be_null() const;

    /// Returns true if the other column has the same name, types, in any order, and flags.
    bool is_same_as(const Column& other) const;
};

struct AvroSchema {
    std::string dataset_type;  // "INTERACTIONS", "ITEMS", "USERS", "ACTIONS" or "ACTION_INTERACTIONS", from its name
    std::vector<Column> columns;
    std::vector<std::string> remarks;  // what was taken although the guide writes it otherwise, each as a sentence

    /// Returns the column of this name, compared with case, or null. Lives as long as the schema.
    const Column* column(std::string_view name) const;
};

/// Reads the text of a schema. Ignores attributes that the service does not use. Throws as `refuse_schema` does.
AvroSchema read_avro_record(std::string_view text);

}  // namespace plocal::languages
