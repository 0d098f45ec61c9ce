#include "server/model/fit.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "server/base/nearest.h"
#include "server/model/timestamps.h"
#include "server/model/trail.h"
#include "server/model/validate.h"

namespace plocal::model {
namespace {

using base::Json;
using base::Problem;
using Pointer = Json::json_pointer;

Problem unknown_member(const Shape& shape, const std::string& name, const Trail& trail) {
    std::vector<std::string> known;
    for (const Member& each : shape.members) known.push_back(each.name);
    const std::string nearest = base::nearest(name, known);
    return {trail.pointer(), nearest.empty() ? "a member that AWS names" : nearest,
            "a member " + Json(name).dump() + ", which " + shape.name + " does not have"};
}

void find_unknown_members(const Shape& shape, const Json& json, const Trail& trail, std::vector<Problem>& problems) {
    if (json.is_array() && shape.element != nullptr) {
        std::size_t index = 0;
        for (const Json& element : json) {
            find_unknown_members(*shape.element, element, {&trail, {}, index++, true}, problems);
        }
    } else if (json.is_object()) {
        for (const auto& [name, value] : json.get_ref<const Json::object_t&>()) {
            if (problems.size() >= base::most_problems) return;
            const Trail inner{&trail, name};
            const Member* const member = shape.member(name);
            const Shape* const inner_shape = member != nullptr ? member->shape : shape.element;
            if (inner_shape != nullptr) {
                find_unknown_members(*inner_shape, value, inner, problems);
            } else if (shape.type == Type::structure) {
                problems.push_back(unknown_member(shape, name, inner));
            }
        }
    }
}

/// Follows the shape and the value, because the keys of a map may contain dots.
Pointer follow(const Shape& shape, const Json& json, std::string_view path, const Pointer& at) {
    static const Json nothing;
    constexpr std::string_view collected = ".member";
    const auto remainder = [&](std::size_t size) { return path.substr(std::min(size + 1, path.size())); };
    if (path.empty()) return at;
    if (shape.type == Type::map) {
        for (const auto& [key, value] : json.items()) {
            const std::string step = key + std::string(collected);
            const bool is_step = path == step || path.starts_with(step + ".");
            if (is_step) return follow(*shape.element, value, remainder(step.size()), at / key);
        }
        return at;
    }
    const std::string step(path.substr(0, path.find('.')));
    if (shape.type == Type::list) {
        const std::size_t index = std::stoul(step) - 1;
        return follow(*shape.element, json.at(index), remainder(step.size() + collected.size()), at / index);
    }
    const Json& value = json.contains(step) ? json.at(step) : nothing;
    return follow(*shape.member(step)->shape, value, remainder(step.size()), at / step);
}

}  // namespace

void fit(const Shape& shape, Json& value, std::vector<Problem>& problems) {
    find_unknown_members(shape, value, {}, problems);
    normalize_timestamps(shape, value, problems);
    while (const auto clash = find_type_clash(shape, value)) {
        Pointer pointer = pointer_of(shape, value, clash->path);
        // Each clash is searched for from the beginning, so after many of them a whole member is given up.
        while (problems.size() >= base::most_problems && !pointer.parent_pointer().empty()) {
            pointer = pointer.parent_pointer();
        }
        Json& wrong = value.at(pointer);
        problems.push_back(
            {pointer.to_string(), "the type that AWS gives it", base::excerpt(wrong) + " (" + clash->text + ")"});
        wrong = nullptr;
    }
}

Pointer pointer_of(const Shape& shape, const Json& value, std::string_view path) {
    return follow(shape, value, path, Pointer());
}

}  // namespace plocal::model
