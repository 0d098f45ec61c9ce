#include "server/service/data/columns.h"

#include <algorithm>
#include <stdexcept>

#include "server/base/problem.h"
#include "server/base/text.h"

namespace plocal::data {
namespace {

// From https://docs.aws.amazon.com/personalize/latest/dg/limits.html
constexpr std::size_t most_characters_of_ids = 256;
constexpr std::size_t most_characters_of_texts = 1000;
constexpr std::size_t most_characters_of_textual = 20000;

std::string folded(std::string_view name) {
    std::string text = base::lower(name);
    std::erase(text, '_');
    return text;
}

CellType type_of(std::string_view avro) {
    if (avro == "boolean") return CellType::boolean;
    if (avro == "long" || avro == "int") return CellType::whole;
    return avro == "string" ? CellType::text : CellType::number;
}

Column column_of(const languages::Column& from) {
    Column column{.name = from.name, .types = base::alternatives(from.types), .may_be_null = from.may_be_null()};
    for (const std::string& type : from.types) {
        if (type != "null") column.accepted.push_back(type_of(type));
    }
    column.is_int = from.has_type("int") && !from.has_type("long");
    column.is_id = from.name == "USER_ID" || from.name == "ITEM_ID" || from.name == "ACTION_ID";
    column.is_categorical = from.is_categorical;
    column.is_cut = from.is_textual;
    column.most_characters = from.is_textual ? most_characters_of_textual
                             : column.is_id  ? most_characters_of_ids
                                             : most_characters_of_texts;
    if (from.name == "IMPRESSION") column.most_characters = 0;  // ids, each of which has its own limit
    return column;
}

}  // namespace

bool Column::accepts(CellType type) const {
    return std::ranges::find(accepted, type) != accepted.end();
}

Columns::Columns(const languages::AvroSchema& schema) : parts_(std::make_shared<const Parts>(schema)) {}

Columns::Parts::Parts(const languages::AvroSchema& schema) : dataset_type(schema.dataset_type) {
    for (const languages::Column& column : schema.columns) {
        by_name.emplace(folded(column.name), columns.size());
        columns.push_back(column_of(column));
    }
    const auto needed = [this](std::string_view name) {
        const auto index = find(name);
        if (!index) throw std::invalid_argument("a schema of " + dataset_type + " without " + std::string(name));
        return index;
    };
    if (dataset_type == "ITEMS") id = needed("ITEM_ID");
    if (dataset_type == "USERS") id = needed("USER_ID");
    if (dataset_type == "ACTIONS") id = needed("ACTION_ID");
    if (id) return;
    user = needed("USER_ID");
    item = needed(dataset_type == "ACTION_INTERACTIONS" ? "ACTION_ID" : "ITEM_ID");
    time = needed("TIMESTAMP");
    event_type = find("EVENT_TYPE");
    event_value = find("EVENT_VALUE");
}

std::optional<std::size_t> Columns::Parts::find(std::string_view column) const {
    const auto found = by_name.find(folded(column));
    return found == by_name.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::size_t> Columns::find(std::string_view name) const {
    return parts_->find(name);
}

bool Columns::is_part(std::size_t index) const {
    const Parts& parts = *parts_;
    if (parts.id) return index == *parts.id;
    return index == *parts.user || index == *parts.item || index == *parts.time || index == parts.event_type ||
           index == parts.event_value;
}

}  // namespace plocal::data
