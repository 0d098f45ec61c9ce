// The columns of a dataset, from its schema: their types, their limits, and which of them have a meaning of their own.
// Pure.
#pragma once

#include <cstddef>
#include <memory>
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

/// A copy shares what it has with the original.
class Columns {
public:
    explicit Columns(const languages::AvroSchema& schema);

    const std::string& dataset_type() const { return parts_->dataset_type; }
    bool are_interactions() const { return parts_->time.has_value(); }

    std::size_t size() const { return parts_->columns.size(); }
    const Column& operator[](std::size_t index) const { return parts_->columns[index]; }

    /// Returns the index of the column of this name, without regard to case and underscores, or nothing.
    std::optional<std::size_t> find(std::string_view name) const;

    /// The id of an item, user or action. Only for datasets of these.
    std::size_t id() const { return *parts_->id; }

    /// The parts of an interaction. `item` may be an action. Only for datasets of interactions.
    std::size_t user() const { return *parts_->user; }
    std::size_t item() const { return *parts_->item; }
    std::size_t time() const { return *parts_->time; }
    std::optional<std::size_t> event_type() const { return parts_->event_type; }
    std::optional<std::size_t> event_value() const { return parts_->event_value; }

    /// Returns true for a column that has a place of its own in the store.
    bool is_part(std::size_t index) const;

private:
    struct Parts {
        explicit Parts(const languages::AvroSchema& schema);
        std::optional<std::size_t> find(std::string_view column) const;

        std::string dataset_type;
        std::vector<Column> columns;
        std::unordered_map<std::string, std::size_t> by_name;
        std::optional<std::size_t> id;
        std::optional<std::size_t> user;
        std::optional<std::size_t> item;
        std::optional<std::size_t> time;
        std::optional<std::size_t> event_type;
        std::optional<std::size_t> event_value;
    };

    std::shared_ptr<const Parts> parts_;
};

}  // namespace plocal::data
