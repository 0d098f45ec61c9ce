#include "server/local/snapshot/shape_check.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "server/base/nearest.h"
#include "server/local/snapshot/timestamps.h"
#include "server/local/snapshot/trail.h"
#include "server/model/validate.h"

namespace plocal::snapshot {
namespace {

using base::Json;
using base::Problem;
using Pointer = Json::json_pointer;

Problem unknown_member(const model::Shape& shape, const std::string& name, const Trail& trail) {
    std::vector<std::string> known;
    for (const model::Member& each : shape.members) known.push_back(each.name);
    const std::string nearest = base::nearest(name, known);
    return {trail.pointer(), nearest.empty() ? "a member that AWS names" : nearest,
            "a member " + Json(name).dump() + ", which " + shape.name + " does not have"};
}

void find_unknown_members(const model::Shape& shape, const Json& json, const Trail& trail,
                          std::vector<Problem>& problems) {
    if (json.is_array() && shape.element != nullptr) {
        std::size_t index = 0;
        for (const Json& element : json) {
            find_unknown_members(*shape.element, element, {&trail, {}, index++, true}, problems);
        }
    } else if (json.is_object()) {
        for (const auto& [name, value] : json.get_ref<const Json::object_t&>()) {
            const Trail inner{&trail, name};
            const model::Member* const member = shape.member(name);
            if (member != nullptr) {
                find_unknown_members(*member->shape, value, inner, problems);
            } else if (shape.type == model::Type::structure) {
                problems.push_back(unknown_member(shape, name, inner));
            }
        }
    }
}

/// Converts a path of the service, "tags.1.member.tagKey", to a JSON pointer, "/tags/0/tagKey". Follows the shape and
/// the value, because the keys of a map may contain dots.
Pointer pointer_of(const model::Shape& shape, const Json& json, std::string_view path, const Pointer& at = Pointer()) {
    static const Json nothing;
    constexpr std::string_view collected = ".member";
    const auto remainder = [&](std::size_t size) { return path.substr(std::min(size + 1, path.size())); };
    if (path.empty()) return at;
    if (shape.type == model::Type::map) {
        for (const auto& [key, value] : json.items()) {
            const std::string step = key + std::string(collected);
            const bool is_step = path == step || path.starts_with(step + ".");
            if (is_step) return pointer_of(*shape.element, value, remainder(step.size()), at / key);
        }
        return at;
    }
    const std::string step(path.substr(0, path.find('.')));
    if (shape.type == model::Type::list) {
        const std::size_t index = std::stoul(step) - 1;
        return pointer_of(*shape.element, json.at(index), remainder(step.size() + collected.size()), at / index);
    }
    const Json& value = json.contains(step) ? json.at(step) : nothing;
    return pointer_of(*shape.member(step)->shape, value, remainder(step.size()), at / step);
}

/// The service itself breaks its model here: the name of a solution version has a slash, and the role of a job is not
/// an ARN of Personalize, as its shape requires.
bool is_broken_by_service(const model::Shape& shape, const std::string& path) {
    const model::Member* const member = shape.member(path);
    return path == "name" || (path == "roleArn" && member != nullptr && member->shape->name == "Arn");
}

}  // namespace

void check_shape(const model::Shape& shape, Json& members, std::vector<Problem>& problems) {
    find_unknown_members(shape, members, {}, problems);
    normalize_timestamps(shape, members, problems);
    while (const auto clash = model::find_type_clash(shape, members)) {
        const Pointer pointer = pointer_of(shape, members, clash->path);
        Json& value = members.at(pointer);
        problems.push_back(
            {pointer.to_string(), "the type that AWS gives it", base::excerpt(value) + " (" + clash->text + ")"});
        value = nullptr;
    }
    for (const model::Violation& violation : model::find_violations(shape, members)) {
        const std::string pointer = pointer_of(shape, members, violation.path).to_string();
        const bool is_reported = std::ranges::find(problems, pointer, &Problem::pointer) != problems.end();
        if (!is_broken_by_service(shape, violation.path) && !is_reported)
            problems.push_back({pointer, violation.constraint, violation.value});
    }
}

}  // namespace plocal::snapshot
