// The columns of a dataset, from its schema: their types, their limits, and which of them have a meaning of their own.
// Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/model/languages/avro/record.h"

namespace plocal::data {

enum class CellType { text, boolean, whole, number };

struct Column {
    std::string name;                // as the schema spells it
    std::string types;               // "float or null"
    std::vector<CellType> accepted;  // in the schema's order
    bool is_int = false;             // a whole number of 32 bits
    bool may_be_null = false;
    bool is_id = false;  // never empty
    bool is_categorical = false;
    std::size_t most_characters = 0;  // of a text; 0 for no limit
    bool is_cut = false;              // a longer text is cut instead of refused

    bool accepts(CellType type) const;
};

class Columns {
public:
    explicit Columns(const languages::AvroSchema& schema);

    const std::string& dataset_type() const { return dataset_type_; }
    bool are_interactions() const { return time_.has_value(); }

    std::size_t size() const { return columns_.size(); }
    const Column& operator[](std::size_t index) const { return columns_[index]; }

    /// Returns the index of the column of this name, without regard to case and underscores, or nothing.
    std::optional<std::size_t> find(std::string_view name) const;

    /// The id of an item, user or action. Only for datasets of these.
    std::size_t id() const { return *id_; }

    /// The parts of an interaction. `item` may be an action. Only for datasets of interactions.
    std::size_t user() const { return *user_; }
    std::size_t item() const { return *item_; }
    std::size_t time() const { return *time_; }
    std::optional<std::size_t> event_type() const { return event_type_; }
    std::optional<std::size_t> event_value() const { return event_value_; }

    /// Returns true for a column that has a place of its own in the store.
    bool is_part(std::size_t index) const;

private:
    std::string dataset_type_;
    std::vector<Column> columns_;
    std::unordered_map<std::string, std::size_t> by_name_;
    std::optional<std::size_t> id_;
    std::optional<std::size_t> user_;
    std::optional<std::size_t> item_;
    std::optional<std::size_t> time_;
    std::optional<std::size_t> event_type_;
    std::optional<std::size_t> event_value_;
};

}  // namespace plocal::data
