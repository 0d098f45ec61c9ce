#include "server/local/rules/member_path.h"

#include <algorithm>
#include <utility>

#include "server/base/text.h"

namespace plocal::rules {
namespace {

using base::Json;
using model::Shape;
using model::Type;

/// Decodes the escapes in a part of a pointer (RFC 6901). Returns nothing where one is bad.
std::optional<std::string> unescaped(std::string_view part) {
    std::string name;
    for (std::size_t at = 0; at < part.size(); ++at) {
        if (part[at] != '~') {
            name += part[at];
            continue;
        }
        if (++at == part.size() || (part[at] != '0' && part[at] != '1')) return std::nullopt;
        name += part[at] == '0' ? '~' : '/';
    }
    return name;
}

std::string escaped(std::string_view name) {
    std::string part;
    for (const char c : name) {
        if (c == '~') {
            part += "~0";
        } else if (c == '/') {
            part += "~1";
        } else {
            part += c;
        }
    }
    return part;
}

std::optional<std::size_t> index_of(std::string_view name) {
    if (name.size() > 1 && name.front() == '0') return std::nullopt;
    return base::parse_number<std::size_t>(name);
}

const Shape* inner(const Shape& shape, const std::string& name) {
    switch (shape.type) {
        case Type::structure: {
            const model::Member* const member = shape.member(name);
            return member != nullptr ? member->shape : nullptr;
        }
        case Type::map:
            return shape.element;
        case Type::list:
            return index_of(name) ? shape.element : nullptr;
        default:
            return nullptr;
    }
}

}  // namespace

std::optional<MemberPath> MemberPath::parse(std::string_view text) {
    MemberPath path;
    path.is_pointer_ = text.starts_with('/');
    if (!path.is_pointer_) {
        path.names_.emplace_back(text);
        return path;
    }
    while (!text.empty()) {
        text.remove_prefix(1);
        std::optional<std::string> name = unescaped(text.substr(0, text.find('/')));
        if (!name) return std::nullopt;
        path.names_.push_back(*std::move(name));
        text.remove_prefix(std::min(text.find('/'), text.size()));
    }
    return path;
}

const Json* MemberPath::find(const Json& input) const {
    const Json* value = &input;
    for (const std::string& name : names_) {
        if (value->is_object()) {
            const auto member = value->find(name);
            if (member == value->end()) return nullptr;
            value = &*member;
        } else if (value->is_array()) {
            const std::optional<std::size_t> index = index_of(name);
            if (!index || *index >= value->size()) return nullptr;
            value = &(*value)[*index];
        } else {
            return nullptr;
        }
    }
    return value;
}

const Shape* MemberPath::find(const Shape& input) const {
    const Shape* shape = &input;
    for (const std::string& name : names_) {
        shape = inner(*shape, name);
        if (shape == nullptr) return nullptr;
    }
    return shape;
}

std::vector<std::string> MemberPath::neighbours(const Shape& input) const {
    std::vector<std::string> paths;
    const Shape* shape = &input;
    for (std::size_t at = 0; at < names_.size(); ++at) {
        const Shape* const next = inner(*shape, names_[at]);
        if (next == nullptr) {
            for (const model::Member& member : shape->members) paths.push_back(spelled(at, member.name));
            return paths;
        }
        shape = next;
    }
    return paths;
}

std::string MemberPath::spelled(std::size_t replaced, const std::string& name) const {
    if (!is_pointer_) return name;
    std::string text;
    for (std::size_t at = 0; at < names_.size(); ++at) text += "/" + escaped(at == replaced ? name : names_[at]);
    return text;
}

}  // namespace plocal::rules
