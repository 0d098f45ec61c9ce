#include "tests/support/breach.h"

#include <functional>
#include <optional>
#include <utility>

#include "server/model/pattern.h"
#include "server/model/render.h"
#include "tests/support/sample.h"

namespace plocal::support {
namespace {

using base::Json;
using model::Member;
using model::Shape;
using model::Type;
using Pointer = Json::json_pointer;

bool is_container(const Shape& shape) {
    return shape.type == Type::structure || shape.type == Type::list || shape.type == Type::map;
}

/// One value inside a full input, with the words that the service uses for it.
struct Place {
    const Shape* shape = nullptr;
    Pointer at;
    std::string path;           // as the service spells it
    std::string reported_path;  // for a scalar in a list or map that of the container, else the same as path
    const char* prefix = "";    // the beginning of a message about an element or entry
    const Member* member = nullptr;
};

using Visit = std::function<void(const Place&)>;

/// Calls `visit` for every value of a full input, outermost first.
void each_place(const Place& place, const Json& full, const Visit& visit) {
    visit(place);
    const Shape& shape = *place.shape;
    const std::string dot = place.path.empty() ? "" : ".";
    for (const Member& member : shape.members) {
        const std::string path = place.path + dot + member.name;
        each_place({member.shape, place.at / member.name, path, path, "", &member}, full, visit);
    }
    if (shape.element == nullptr) return;
    const Json& container = full.at(place.at);
    const std::string name = shape.type == Type::list ? "1" : container.begin().key();
    const Pointer at = shape.type == Type::list ? place.at / std::size_t{0} : place.at / name;
    const std::string path = place.path + dot + name + ".member";
    const char* prefix =
        shape.type == Type::list ? "Member must satisfy constraint: " : "Map value must satisfy constraint: ";
    each_place({shape.element, at, path, is_container(*shape.element) ? path : place.path,
                is_container(*shape.element) ? "" : prefix, nullptr},
               full, visit);
}

std::string bound(const Shape& shape, const char* relation, double value) {
    const bool of_value = shape.type == Type::integer || shape.type == Type::floating;
    const std::string number =
        shape.type == Type::floating ? model::java_double(value) : std::to_string(static_cast<long long>(value));
    return std::string("Member must have ") + (of_value ? "value " : "length ") + relation + " than or equal to " +
           number;
}

std::string pattern_words(const Shape& shape) {
    return "Member must satisfy regular expression pattern: " + shape.pattern->text();
}

std::string enum_words(const Shape& shape) {
    std::string out;
    for (const std::string& value : shape.values) out += (out.empty() ? "" : ", ") + value;
    return "Member must satisfy enum value set: [" + out + "]";
}

/// All constraints of a shape in brackets, as a message about an element, a key or an entry lists them.
std::string all_words(const Shape& shape) {
    std::string out;
    const auto add = [&](const std::string& words) { out += (out.empty() ? "" : ", ") + words; };
    if (shape.max) add(bound(shape, "less", *shape.max));
    if (shape.min) add(bound(shape, "greater", *shape.min));
    if (shape.pattern) add(pattern_words(shape));
    if (!shape.values.empty()) add(enum_words(shape));
    return "[" + out + "]";
}

/// A value that breaks a constraint of a shape, and the messages about it.
struct Bad {
    std::string name;
    Json value;
    std::vector<std::string> words;
};

/// Names like "a", "b", ..., "aa": short, distinct, and accepted by every pattern of keys.
std::string letters(std::size_t number) {
    const std::string last(1, static_cast<char>('a' + number % 26));
    return number < 26 ? last : letters(number / 26 - 1) + last;
}

/// A string, list or map of this size, or a number of this value.
Json sized(const Shape& shape, double size) {
    const auto count = static_cast<std::size_t>(size < 0 ? 0 : size);
    if (shape.type == Type::string) return count == 0 ? "" : text_of(shape, count);
    if (shape.type == Type::integer) return static_cast<long long>(size);
    if (shape.type == Type::floating) return size;
    if (shape.type == Type::list) return Json::array_t(count, full_input(*shape.element));
    Json map = Json::object();
    for (std::size_t i = 0; i < count; ++i) map[letters(i)] = full_input(*shape.element);
    return map;
}

std::vector<Bad> bad_values(const Shape& shape) {
    std::vector<Bad> all;
    if (shape.pattern) all.push_back({"pattern", "\x01\xc3\xa9", {pattern_words(shape)}});
    const bool is_length = shape.type == Type::string || shape.type == Type::list || shape.type == Type::map;
    if (shape.min && !(is_length && *shape.min == 0)) {
        all.push_back({"min", sized(shape, *shape.min - 1), {bound(shape, "greater", *shape.min)}});
        if (shape.pattern && !shape.pattern->matches(all.back().value.get<std::string>())) {
            all.back().words.insert(all.back().words.begin(), pattern_words(shape));
        }
    }
    if (shape.max) all.push_back({"max", sized(shape, *shape.max + 1), {bound(shape, "less", *shape.max)}});
    if (!shape.values.empty()) all.push_back({"enum", "no such value", {enum_words(shape)}});
    return all;
}

/// JSON values of every type that the shape does not accept, with the messages of the service.
std::vector<Bad> wrong_types(const Shape& shape) {
    const std::string object = "Start of structure or map found where not expected";
    const std::string other = "Unexpected field type";
    const auto converted = [](const std::string& to) { return " cannot be converted to " + to; };
    const Json list = Json::array();
    const Json map = Json::object();
    const auto scalar = [&](const std::string& to, std::vector<Bad> tokens) {
        for (Bad& token : tokens) token.words = {token.name + converted(to)};
        tokens.push_back({"list", list, {other}});
        tokens.push_back({"map", map, {object}});
        return tokens;
    };
    const Bad text{"STRING_VALUE", "1", {}};
    const Bad number{"NUMBER_VALUE", 1, {}};
    const Bad decimal{"DECIMAL_VALUE", 1.0, {}};
    const Bad yes{"TRUE_VALUE", true, {}};
    const Bad no{"FALSE_VALUE", false, {}};
    switch (shape.type) {
        case Type::string:
            return scalar("String", {number, decimal, yes, no});
        case Type::integer:
            return scalar("Integer", {text, decimal, yes, no});
        case Type::floating:
            return scalar("Double", {text, yes, no});
        case Type::boolean:
            return scalar("Boolean", {text, number, decimal});
        case Type::timestamp:
            return scalar("Timestamp", {text, yes, no});
        case Type::structure:
        case Type::map:
            return {{"list", list, {other}}, {"text", "", {other}}, {"true", true, {other}}};
        case Type::list:
            return {{"map", map, {object}}, {"text", "", {other}}, {"number", 1, {other}}};
    }
    return {};
}

Json with(const Json& full, const Pointer& at, const Json& value) {
    Json changed = full;
    changed[at] = value;
    return changed;
}

Json without(const Json& full, const Pointer& at) {
    Json changed = full;
    changed[at.parent_pointer()].erase(at.back());
    return changed;
}

/// The full input with one entry, under that key, in the map at `at`.
Json with_key(const Json& full, const Pointer& at, const std::string& key) {
    return with(full, at, Json{{key, full.at(at).front()}});
}

void break_place(const Place& place, const Json& full, std::vector<Breach>& all) {
    const std::string name = place.path + " ";
    if (place.member != nullptr && place.member->required) {
        all.push_back({name + "absent", without(full, place.at), place.path, {"Member must not be null"}});
        all.push_back({name + "null", with(full, place.at, nullptr), place.path, {"Member must not be null"}});
    }
    const std::string prefix = place.prefix;
    for (const Bad& bad : bad_values(*place.shape)) {
        const auto words = prefix.empty() ? bad.words : std::vector{prefix + all_words(*place.shape)};
        all.push_back({name + bad.name, with(full, place.at, bad.value), place.reported_path, words});
    }
    if (place.shape->key == nullptr) return;
    for (const Bad& bad : bad_values(*place.shape->key)) {
        all.push_back({name + "key " + bad.name,
                       with_key(full, place.at, bad.value.get<std::string>()),
                       place.path,
                       {"Map keys must satisfy constraint: " + all_words(*place.shape->key)}});
    }
}

/// A value of exactly this size; nothing if its pattern needs a longer text.
std::optional<Json> sized_at_bound(const Shape& shape, double size) {
    Json value = sized(shape, size);
    const bool is_text = shape.type == Type::string;
    if (is_text && shape.pattern && !shape.pattern->matches(value.get<std::string>())) return std::nullopt;
    if (is_text && static_cast<double>(value.get<std::string>().size()) != size) return std::nullopt;
    return value;
}

void allow_place(const Place& place, const Json& full, std::vector<Breach>& all) {
    const std::string name = place.path + " ";
    if (place.member != nullptr && !place.member->required) {
        all.push_back({name + "null", with(full, place.at, nullptr), place.path, {}});
    }
    if (place.shape->type == Type::structure) {
        all.push_back({name + "extra", with(full, place.at / "noSuchMember", 1), place.path, {}});
    }
    for (const auto& [word, bound_value] : {std::pair("min", place.shape->min), std::pair("max", place.shape->max)}) {
        const auto value = bound_value ? sized_at_bound(*place.shape, *bound_value) : std::nullopt;
        if (value) all.push_back({name + word, with(full, place.at, *value), place.path, {}});
    }
    for (const std::string& value : place.shape->values) {
        all.push_back({name + value, with(full, place.at, value), place.path, {}});
    }
}

}  // namespace

std::vector<Breach> allowed_inputs(const Shape& shape) {
    const Json full = full_input(shape);
    std::vector<Breach> all;
    each_place({&shape, Pointer(), "", "", "", nullptr}, full,
               [&](const Place& place) { allow_place(place, full, all); });
    return all;
}

std::vector<Breach> broken_constraints(const Shape& shape) {
    const Json full = full_input(shape);
    std::vector<Breach> all;
    each_place({&shape, Pointer(), "", "", "", nullptr}, full,
               [&](const Place& place) { break_place(place, full, all); });
    return all;
}

std::vector<Breach> broken_types(const Shape& shape) {
    const Json full = full_input(shape);
    std::vector<Breach> all;
    each_place({&shape, Pointer(), "", "", "", nullptr}, full, [&](const Place& place) {
        for (const Bad& bad : wrong_types(*place.shape)) {
            all.push_back({place.path + ' ' + bad.name, with(full, place.at, bad.value), place.path, bad.words});
        }
    });
    return all;
}

}  // namespace plocal::support
