#include "server/model/service.h"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

#include "server/base/json.h"
#include "server/model/pattern.h"

namespace plocal::model {

// The tables' texts by file name; made by the build.
std::string_view embedded(std::string_view file_name);

namespace {

using base::Json;
using base::parse_json;

using ShapesByName = std::unordered_map<std::string_view, const Shape*>;

[[noreturn]] void broken(const std::string& where, const std::string& why) {
    throw std::runtime_error("a model's table is broken: " + where + ": " + why);
}

const Shape* found(const ShapesByName& shapes, const std::string& where, const std::string& name) {
    const auto at = shapes.find(name);
    if (at == shapes.end()) broken(where, "there is no shape \"" + name + "\"");
    return at->second;
}

Type type_named(const std::string& where, const std::string& name) {
    static const std::map<std::string, Type, std::less<>> types = {
        {"structure", Type::structure}, {"list", Type::list},       {"map", Type::map},
        {"string", Type::string},       {"integer", Type::integer}, {"float", Type::floating},
        {"double", Type::floating},     {"boolean", Type::boolean}, {"timestamp", Type::timestamp},
    };
    const auto at = types.find(name);
    if (at == types.end()) broken(where, "there is no type \"" + name + "\"");
    return at->second;
}

void read_traits(Shape& shape, const Json& traits) {
    for (const auto& [name, trait] : traits.items()) {
        if (name == "min") {
            shape.min = trait.get<double>();
        } else if (name == "max") {
            shape.max = trait.get<double>();
        } else if (name == "pattern") {
            shape.pattern = std::make_unique<const Pattern>(trait.get<std::string>());
        } else if (name == "enum") {
            shape.values = trait.get<std::vector<std::string>>();
        } else if (name == "sensitive") {
            shape.sensitive = trait.get<bool>();
        } else {
            broken(shape.name, "\"" + name + "\" says nothing of a shape");
        }
    }
}

void read_members(Shape& shape, const Json& members, const ShapesByName& shapes) {
    for (const auto& [key, target] : members.items()) {
        const bool required = key.ends_with('!');
        std::string name = required ? key.substr(0, key.size() - 1) : key;
        shape.members.push_back({std::move(name), found(shapes, shape.name, target.get<std::string>()), required});
    }
}

/// {"name!": "Name", ...}, or ["list", "Tag", {"max": 200}]: a type, what it is made of, and its traits if any.
void read_shape(Shape& shape, const Json& row, const ShapesByName& shapes) {
    if (row.is_object()) return read_members(shape, row, shapes);
    std::size_t at = 0;
    shape.type = type_named(shape.name, row.at(at++).get<std::string>());
    if (shape.type == Type::structure) read_members(shape, row.at(at++), shapes);
    if (shape.type == Type::map) shape.key = found(shapes, shape.name, row.at(at++).get<std::string>());
    if (shape.type == Type::map || shape.type == Type::list) {
        shape.element = found(shapes, shape.name, row.at(at++).get<std::string>());
    }
    if (at < row.size()) read_traits(shape, row.at(at++));
    if (at < row.size()) broken(shape.name, "the row is too long");
}

/// ["Input", "Output" or null, ["AnException", ...], "/path"]; without the last under AWS JSON.
Operation read_operation(const std::string& name, const Json& row, const ShapesByName& shapes, Protocol protocol) {
    Operation operation;
    operation.name = name;
    operation.input = found(shapes, name, row.at(0).get<std::string>());
    if (!row.at(1).is_null()) operation.output = found(shapes, name, row.at(1).get<std::string>());
    operation.errors = row.at(2).get<std::vector<std::string>>();
    operation.path = protocol == Protocol::rest_json ? row.at(3).get<std::string>() : "/";
    return operation;
}

Protocol protocol_named(const std::string& name) {
    if (name == "aws-json") return Protocol::aws_json;
    if (name == "rest-json") return Protocol::rest_json;
    broken("protocol", "there is no \"" + name + "\"");
}

}  // namespace

Service::Service(std::string_view table) try {
    const Json rows = parse_json(table);
    name_ = rows.at("service").get<std::string>();
    protocol_ = protocol_named(rows.at("protocol").get<std::string>());
    error_statuses_ = rows.at("errors").get<std::unordered_map<std::string, int>>();
    // All names first: rows may point to rows below them, and to themselves.
    for (const auto& [name, row] : rows.at("shapes").items()) {
        Shape& shape = shapes_.emplace_back();
        shape.name = name;
        shapes_by_name_.emplace(shape.name, &shape);
    }
    auto shape = shapes_.begin();
    for (const auto& [name, row] : rows.at("shapes").items()) read_shape(*shape++, row, shapes_by_name_);
    for (const auto& [name, row] : rows.at("operations").items()) {
        const Operation& operation = operations_.emplace_back(read_operation(name, row, shapes_by_name_, protocol_));
        operations_by_name_.emplace(operation.name, &operation);
        for (const std::string& error : operation.errors) {
            if (!error_statuses_.contains(error)) broken(name, "there is no error \"" + error + "\"");
        }
    }
} catch (const Json::exception& error) {
    throw std::runtime_error("a model's table is broken: " + std::string(error.what()));
}

Service::~Service() = default;

const Operation* Service::operation(std::string_view operation_name) const {
    const auto at = operations_by_name_.find(operation_name);
    return at == operations_by_name_.end() ? nullptr : at->second;
}

const Operation* Service::operation_at(std::string_view path) const {
    if (protocol_ == Protocol::aws_json) return nullptr;  // all share one path
    const auto at = std::ranges::find(operations_, path, &Operation::path);
    return at == operations_.end() ? nullptr : &*at;
}

const Shape* Service::shape(std::string_view shape_name) const {
    const auto at = shapes_by_name_.find(shape_name);
    return at == shapes_by_name_.end() ? nullptr : at->second;
}

int Service::status_of(std::string_view error_name) const {
    const auto at = error_statuses_.find(std::string(error_name));
    return at == error_statuses_.end() ? 400 : at->second;
}

const Service& personalize() {
    static const Service service(embedded("personalize.json"));
    return service;
}

const Service& personalize_runtime() {
    static const Service service(embedded("personalize-runtime.json"));
    return service;
}

const Service& personalize_events() {
    static const Service service(embedded("personalize-events.json"));
    return service;
}

}  // namespace plocal::model
