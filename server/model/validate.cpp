#include "server/model/validate.h"

#include <algorithm>

#include "server/base/text.h"
#include "server/model/java_text.h"
#include "server/model/path.h"
#include "server/model/pattern.h"

namespace plocal::model {
namespace {

using base::Json;

bool is_container(const Shape& shape) {
    return shape.type == Type::structure || shape.type == Type::list || shape.type == Type::map;
}

/// The constraints of a shape that a value violates.
struct Broken {
    bool pattern = false;
    bool min = false;
    bool max = false;
    bool values = false;

    bool any() const { return pattern || min || max || values; }
};

void measure(const Shape& shape, double amount, Broken& broken) {
    broken.min = shape.min && amount < *shape.min;
    broken.max = shape.max && amount > *shape.max;
}

Broken broken_by_text(const Shape& shape, const std::string& text) {
    Broken broken;
    if (shape.min || shape.max) measure(shape, static_cast<double>(base::code_points(text)), broken);
    broken.pattern = shape.pattern && !shape.pattern->matches(text);
    broken.values = !shape.values.empty() && std::ranges::find(shape.values, text) == shape.values.end();
    return broken;
}

Broken broken_by(const Shape& shape, const Json& value) {
    if (shape.type == Type::string) return broken_by_text(shape, value.get_ref<const std::string&>());
    Broken broken;
    if (value.is_number()) {
        measure(shape, value.get<double>(), broken);
    } else if (shape.type == Type::list || shape.type == Type::map) {
        measure(shape, static_cast<double>(value.size()), broken);
    }
    return broken;
}

std::string bound_text(const Shape& shape, const char* relation, double bound) {
    const bool of_value = shape.type == Type::integer || shape.type == Type::floating;
    return std::string(of_value ? "Member must have value " : "Member must have length ") + relation +
           " than or equal to " + java_bound(shape, bound);
}

std::string min_text(const Shape& shape) {
    return bound_text(shape, "greater", *shape.min);
}
std::string max_text(const Shape& shape) {
    return bound_text(shape, "less", *shape.max);
}

std::string pattern_text(const Shape& shape) {
    return "Member must satisfy regular expression pattern: " + shape.pattern->text();
}

std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
    return out;
}

std::string values_text(const Shape& shape) {
    return "Member must satisfy enum value set: [" + joined(shape.values) + "]";
}

/// All constraints of the shape in brackets: the service's message if an element or entry violates any of them.
std::string all_constraints(const Shape& shape) {
    std::vector<std::string> parts;
    if (shape.max) parts.push_back(max_text(shape));
    if (shape.min) parts.push_back(min_text(shape));
    if (shape.pattern) parts.push_back(pattern_text(shape));
    if (!shape.values.empty()) parts.push_back(values_text(shape));
    return '[' + joined(parts) + ']';
}

class Check {
public:
    void run(const Shape& shape, const Json& value, const Path* path) {
        if (shape.type == Type::structure) return check_members(shape, value, path);
        check_itself(shape, value, path);
        if (shape.type == Type::list) check_elements(shape, value, path);
        if (shape.type == Type::map) check_entries(shape, value, path);
    }

    std::vector<Violation> take() { return std::move(violations_); }

private:
    void add(const Shape& shape, const Json& value, const Path* path, std::string constraint) {
        violations_.push_back({Path::text(path), '\'' + java_text(shape, value) + '\'', std::move(constraint)});
    }

    void check_itself(const Shape& shape, const Json& value, const Path* path) {
        const Broken broken = broken_by(shape, value);
        if (broken.pattern) add(shape, value, path, pattern_text(shape));
        if (broken.min) add(shape, value, path, min_text(shape));
        if (broken.max) add(shape, value, path, max_text(shape));
        if (broken.values) add(shape, value, path, values_text(shape));
    }

    void check_members(const Shape& shape, const Json& value, const Path* path) {
        for (const Member& member : shape.members) {
            const Path inner{path, member.name};
            const auto found = value.find(member.name);
            if (found != value.end() && !found->is_null()) {
                run(*member.shape, *found, &inner);
            } else if (member.required) {
                violations_.push_back({Path::text(&inner), "null", "Member must not be null"});
            }
        }
    }

    void check_elements(const Shape& shape, const Json& value, const Path* path) {
        std::size_t position = 0;
        for (const Json& element : value) {
            const Path inner{path, {}, ++position, true};
            if (element.is_null()) continue;
            if (is_container(*shape.element)) {
                run(*shape.element, element, &inner);
            } else if (broken_by(*shape.element, element).any()) {
                return add(shape, value, path, "Member must satisfy constraint: " + all_constraints(*shape.element));
            }
        }
    }

    void check_entries(const Shape& shape, const Json& value, const Path* path) {
        const auto& entries = value.get_ref<const Json::object_t&>();
        const auto bad_key = [&](const auto& entry) { return broken_by_text(*shape.key, entry.first).any(); };
        if (std::ranges::any_of(entries, bad_key)) {
            add(shape, value, path, "Map keys must satisfy constraint: " + all_constraints(*shape.key));
        }
        for (const auto& [key, entry] : entries) {
            const Path inner{path, key, 0, true};
            if (entry.is_null()) continue;
            if (is_container(*shape.element)) {
                run(*shape.element, entry, &inner);
            } else if (broken_by(*shape.element, entry).any()) {
                return add(shape, value, path, "Map value must satisfy constraint: " + all_constraints(*shape.element));
            }
        }
    }

    std::vector<Violation> violations_;
};

}  // namespace

std::vector<Violation> find_violations(const Shape& shape, const Json& value) {
    static const Json nothing = Json::object();
    Check check;
    check.run(shape, value.is_null() ? nothing : value, nullptr);
    return check.take();
}

std::string validation_message(const std::vector<Violation>& violations) {
    std::string out = std::to_string(violations.size());
    out += violations.size() == 1 ? " validation error detected: " : " validation errors detected: ";
    const char* separator = "";
    for (const Violation& violation : violations) {
        out += separator;
        out += "Value " + violation.value + " at '" + violation.path + "' failed to satisfy constraint: ";
        out += violation.constraint;
        separator = "; ";
    }
    return out;
}

}  // namespace plocal::model
