#include <cstdint>
#include <limits>
#include <string_view>

#include "server/model/path.h"
#include "server/model/validate.h"

namespace plocal::model {
namespace {

using base::Json;

std::optional<TypeClash> clash(const Path* path, std::string text) {
    return TypeClash{Path::text(path), std::move(text)};
}

/// The name that the service's JSON parser has for a scalar token.
std::string_view token_name(const Json& value) {
    if (value.is_string()) return "STRING_VALUE";
    if (value.is_boolean()) return value.get<bool>() ? "TRUE_VALUE" : "FALSE_VALUE";
    return value.is_number_float() ? "DECIMAL_VALUE" : "NUMBER_VALUE";
}

std::string_view java_type(Type type) {
    switch (type) {
        case Type::string:
            return "String";
        case Type::integer:
            return "Integer";
        case Type::floating:
            return "Double";
        case Type::boolean:
            return "Boolean";
        case Type::timestamp:
            return "Timestamp";
        case Type::structure:
        case Type::list:
        case Type::map:
            break;
    }
    return "";
}

bool in_32_bits(const Json& value) {
    using Limits = std::numeric_limits<std::int32_t>;
    if (value.is_number_unsigned()) return value.get<std::uint64_t>() <= std::uint64_t{Limits::max()};
    const auto number = value.get<std::int64_t>();
    return number >= Limits::min() && number <= Limits::max();
}

bool is_of(Type type, const Json& value) {
    switch (type) {
        case Type::string:
            return value.is_string();
        case Type::integer:
            return value.is_number_integer() && in_32_bits(value);
        case Type::floating:
        case Type::timestamp:
            return value.is_number();
        case Type::boolean:
            return value.is_boolean();
        case Type::structure:
        case Type::map:
            return value.is_object();
        case Type::list:
            return value.is_array();
    }
    return false;
}

/// The service's message for a value that does not have the shape's type.
std::string clash_message(Type type, const Json& value) {
    if (value.is_object()) return "Start of structure or map found where not expected";
    const std::string_view expected = java_type(type);
    if (value.is_array() || expected.empty()) return "Unexpected field type";
    return std::string(token_name(value)) + " cannot be converted to " + std::string(expected);
}

std::optional<TypeClash> find(const Shape& shape, const Json& value, const Path* path);

std::optional<TypeClash> find_in_members(const Shape& shape, const Json& value, const Path* path) {
    for (const auto& [name, entry] : value.get_ref<const Json::object_t&>()) {
        const Member* member = shape.member(name);
        if (member == nullptr) continue;
        const Path inner{path, member->name};
        if (auto found = find(*member->shape, entry, &inner)) return found;
    }
    return std::nullopt;
}

std::optional<TypeClash> find_in_entries(const Shape& shape, const Json& value, const Path* path) {
    for (const auto& [key, entry] : value.get_ref<const Json::object_t&>()) {
        const Path inner{path, key, 0, true};
        if (auto found = find(*shape.element, entry, &inner)) return found;
    }
    return std::nullopt;
}

std::optional<TypeClash> find_in_elements(const Shape& shape, const Json& value, const Path* path) {
    std::size_t position = 0;
    for (const Json& element : value) {
        const Path inner{path, {}, ++position, true};
        if (auto found = find(*shape.element, element, &inner)) return found;
    }
    return std::nullopt;
}

std::optional<TypeClash> find(const Shape& shape, const Json& value, const Path* path) {
    if (value.is_null()) return std::nullopt;
    if (!is_of(shape.type, value)) return clash(path, clash_message(shape.type, value));
    if (shape.type == Type::structure) return find_in_members(shape, value, path);
    if (shape.type == Type::map) return find_in_entries(shape, value, path);
    if (shape.type == Type::list) return find_in_elements(shape, value, path);
    return std::nullopt;
}

}  // namespace

std::optional<TypeClash> find_type_clash(const Shape& shape, const Json& value) {
    return find(shape, value, nullptr);
}

}  // namespace plocal::model
