#include "server/model/languages/avro/record.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <unordered_map>
#include <utility>

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/model/api_error.h"
#include "server/model/languages/avro/refusal.h"

namespace plocal::languages {
namespace {

using base::Json;
using model::Evidence;

constexpr std::string_view null_type = "null";
constexpr std::array<std::string_view, 7> avro_types = {"boolean", "double",  "float", "int",
                                                        "long",    null_type, "string"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> dataset_types = {
    {{"interactions", "INTERACTIONS"},
     {"interaction", "INTERACTIONS"},
     {"items", "ITEMS"},
     {"item", "ITEMS"},
     {"users", "USERS"},
     {"user", "USERS"},
     {"actions", "ACTIONS"},
     {"actioninteractions", "ACTION_INTERACTIONS"}}};

/// Returns the value as JSON, cut to 80 bytes, or "nothing" for an absent member.
std::string as_found(const Json* value) {
    constexpr std::size_t most_bytes = 80;
    if (value == nullptr) return "nothing";
    std::string text = base::json_text(*value);
    if (text.size() <= most_bytes) return text;
    return std::string(base::utf8_prefix(text, most_bytes)) + "...";
}

const Json* member(const Json& object, const char* name) {
    const auto found = object.find(name);
    return found == object.end() ? nullptr : &*found;
}

Json parsed(std::string_view text) {
    try {
        return base::parse_json(text);
    } catch (const base::JsonError& error) {
        throw model::ApiError("InvalidInputException", std::string("Invalid schema: not JSON: ") + error.what() + ".",
                              "a schema is Avro's JSON", Evidence::documented);
    }
}

std::string dataset_type_of(const Json& record) {
    constexpr const char* why = "the name of a schema's record is its dataset type";
    const Json* const name = member(record, "name");
    std::string letters = name != nullptr && name->is_string() ? base::lower(name->get_ref<const std::string&>()) : "";
    std::erase(letters, '_');
    for (const auto& [spelling, type] : dataset_types) {
        if (letters == spelling) return std::string(type);
    }
    refuse_schema("/name", R"("Interactions", "Items", "Users", "Actions" or "ActionInteractions")", as_found(name),
                  why, Evidence::documented);
}

bool is_column_name(std::string_view name) {
    const auto is_part = [](char c) { return base::is_letter_or_digit(c) || c == '_'; };
    return !name.empty() && !base::is_digit(name.front()) && std::ranges::all_of(name, is_part);
}

std::string read_name(const Json& field, std::size_t index) {
    const Json* const name = member(field, "name");
    if (name == nullptr || !name->is_string() || !is_column_name(name->get_ref<const std::string&>())) {
        refuse_schema(field_place(index, "name"), "letters, digits and underscores, no digit first", as_found(name),
                      "field names are alphanumeric", Evidence::documented);
    }
    return name->get<std::string>();
}

void check_type_name(const Json& type, const std::string& place) {
    if (!type.is_string()) {
        refuse_schema(place, "the name of a primitive type, or a list of such names", as_found(&type),
                      "schemas are flat: a type is never a record, an array or a map", Evidence::documented);
    }
    if (std::ranges::count(avro_types, type.get_ref<const std::string&>()) == 0) {
        refuse_schema(place, "one of boolean, double, float, int, long, null and string", as_found(&type),
                      "only seven of Avro's types are supported", Evidence::documented);
    }
}

std::vector<std::string> read_types(const Json& field, const std::string& place) {
    constexpr const char* why = "a union has each type once, and a type other than null";
    const Json* const type = member(field, "type");
    if (type == nullptr) refuse_schema(place, "a type", "nothing", "every field has a type", Evidence::documented);
    const Json names = type->is_array() ? *type : Json::array({*type});
    std::vector<std::string> types;
    for (const Json& name : names) {
        check_type_name(name, place);
        if (std::ranges::count(types, name.get_ref<const std::string&>()) != 0) {
            refuse_schema(place, "each type once", as_found(type), why, Evidence::inferred);
        }
        types.push_back(name.get<std::string>());
    }
    if (types.empty() || (types.size() == 1 && types.front() == null_type)) {
        refuse_schema(place, "a type other than null", as_found(type), why, Evidence::inferred);
    }
    return types;
}

/// Reads a flag, also one that is written as a text, of which it makes a remark.
bool read_flag(const Json& field, const char* flag, std::size_t index, const std::string& name,
               std::vector<std::string>& remarks) {
    const Json* const value = member(field, flag);
    if (value == nullptr) return false;
    if (value->is_boolean()) return value->get<bool>();
    if (*value == "true" || *value == "false") {
        remarks.push_back(field_place(index, flag, name) + " is the text " + value->dump() +
                          ", which is taken for the boolean");
        return *value == "true";
    }
    refuse_schema(field_place(index, flag, name), "true or false", as_found(value), "a flag is a boolean",
                  Evidence::inferred);
}

Column read_column(const Json& field, std::size_t index, std::vector<std::string>& remarks) {
    if (!field.is_object()) {
        refuse_schema(field_place(index), "an object with a name and a type", as_found(&field),
                      "the fields of a record are objects", Evidence::documented);
    }
    Column column{read_name(field, index), {}, false, false};
    column.types = read_types(field, field_place(index, "type", column.name));
    column.is_categorical = read_flag(field, "categorical", index, column.name, remarks);
    column.is_textual = read_flag(field, "textual", index, column.name, remarks);
    return column;
}

std::vector<Column> read_columns(const Json& record, std::vector<std::string>& remarks) {
    const Json* const fields = member(record, "fields");
    if (fields == nullptr || !fields->is_array()) {
        refuse_schema("/fields", "a list of fields", as_found(fields), "a record has fields", Evidence::documented);
    }
    std::vector<Column> columns;
    std::unordered_map<std::string, std::size_t> seen;
    for (const Json& field : *fields) {
        const std::size_t index = columns.size();
        columns.push_back(read_column(field, index, remarks));
        std::string letters = columns.back().name;
        std::erase(letters, '_');
        const auto [first, is_new] = seen.emplace(std::move(letters), index);
        if (is_new) continue;
        refuse_schema(field_place(index, "name", columns.back().name), "a name that is unique even without underscores",
                      "the same at " + field_place(first->second, "name", columns[first->second].name),
                      "field names are unique, underscores aside", Evidence::documented);
    }
    return columns;
}

}  // namespace

bool Column::has_type(std::string_view type) const {
    return std::ranges::count(types, type) != 0;
}

bool Column::may_be_null() const {
    return has_type(null_type);
}

bool Column::is_same_as(const Column& other) const {
    return name == other.name && std::ranges::is_permutation(types, other.types) &&
           is_categorical == other.is_categorical && is_textual == other.is_textual;
}

const Column* AvroSchema::column(std::string_view name) const {
    const auto found = std::ranges::find(columns, name, &Column::name);
    return found == columns.end() ? nullptr : &*found;
}

AvroSchema read_avro_record(std::string_view text) {
    const Json record = parsed(text);
    if (!record.is_object()) {
        refuse_schema("", "a JSON object", as_found(&record), "a schema is an Avro record", Evidence::documented);
    }
    const Json* const type = member(record, "type");
    if (type == nullptr || *type != "record") {
        refuse_schema("/type", "\"record\"", as_found(type), "a schema is an Avro record", Evidence::documented);
    }
    const Json* const space = member(record, "namespace");
    if (space != nullptr && !space->is_string()) {
        refuse_schema("/namespace", "a string", as_found(space), "Avro's namespaces are strings", Evidence::inferred);
    }
    AvroSchema schema{dataset_type_of(record), {}, {}};
    schema.columns = read_columns(record, schema.remarks);
    return schema;
}

}  // namespace plocal::languages
