#include "server/model/java_text.h"

#include <cstdint>

#include "server/model/render.h"

namespace plocal::model {
namespace {

using base::Json;

void print(const Shape& shape, const Json& value, std::string& out);

void print_structure(const Shape& shape, const Json& value, std::string& out) {
    out += shape.name + '(';
    const char* separator = "";
    for (const Member& member : shape.members) {
        out += separator + member.name + '=';
        const auto found = value.find(member.name);
        if (found == value.end()) {
            out += "null";
        } else {
            print(*member.shape, *found, out);
        }
        separator = ", ";
    }
    out += ')';
}

void print_list(const Shape& shape, const Json& value, std::string& out) {
    out += '[';
    const char* separator = "";
    for (const Json& element : value) {
        out += separator;
        print(*shape.element, element, out);
        separator = ", ";
    }
    out += ']';
}

void print_map(const Shape& shape, const Json& value, std::string& out) {
    out += '{';
    const char* separator = "";
    for (const auto& [key, entry] : value.get_ref<const Json::object_t&>()) {
        out += separator + key + '=';
        print(*shape.element, entry, out);
        separator = ", ";
    }
    out += '}';
}

void print(const Shape& shape, const Json& value, std::string& out) {
    if (value.is_null()) {
        out += "null";
        return;
    }
    switch (shape.type) {
        case Type::structure:
            return print_structure(shape, value, out);
        case Type::list:
            return print_list(shape, value, out);
        case Type::map:
            return print_map(shape, value, out);
        case Type::string:
            out += value.get_ref<const std::string&>();
            return;
        case Type::integer:
        case Type::boolean:
            out += value.dump();
            return;
        case Type::floating:
        case Type::timestamp:
            out += java_double(value.get<double>());
            return;
    }
}

}  // namespace

std::string java_text(const Shape& shape, const Json& value) {
    std::string out;
    print(shape, value, out);
    return out;
}

std::string java_bound(const Shape& shape, double bound) {
    return shape.type == Type::floating ? java_double(bound) : std::to_string(static_cast<std::int64_t>(bound));
}

}  // namespace plocal::model
