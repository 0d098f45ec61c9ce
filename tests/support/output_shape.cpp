#include "tests/support/output_shape.h"

namespace plocal::support {
namespace {

using base::Json;
using model::Shape;
using model::Type;

bool is_of(Type type, const Json& value) {
    switch (type) {
        case Type::structure:
        case Type::map:
            return value.is_object();
        case Type::list:
            return value.is_array();
        case Type::string:
            return value.is_string();
        case Type::integer:
            return value.is_number_integer();
        case Type::floating:
        case Type::timestamp:
            return value.is_number();
        case Type::boolean:
            return value.is_boolean();
    }
    return false;
}

std::string find_misfit_of_members(const Shape& shape, const Json& value, const std::string& pointer) {
    for (const auto& [name, inner] : value.items()) {
        const model::Member* const member = shape.member(name);
        const std::string at = pointer + "/" + name;
        if (member == nullptr) return at + " is none of " + shape.name;
        if (std::string misfit = find_misfit(*member->shape, inner, at); !misfit.empty()) return misfit;
    }
    for (const model::Member& member : shape.members) {
        if (member.required && !value.contains(member.name)) return pointer + "/" + member.name + " is missing";
    }
    return {};
}

}  // namespace

std::string find_misfit(const Shape& shape, const Json& value, const std::string& pointer) {
    if (!is_of(shape.type, value)) return pointer + " is no " + shape.name + ": " + value.dump();
    if (shape.type == Type::structure) return find_misfit_of_members(shape, value, pointer);
    if (shape.element == nullptr) return {};
    for (const auto& [key, inner] : value.items()) {
        std::string misfit = find_misfit(*shape.element, inner, pointer + "/" + key);
        if (!misfit.empty()) return misfit;
    }
    return {};
}

}  // namespace plocal::support
