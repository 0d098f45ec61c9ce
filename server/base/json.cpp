#include "server/base/json.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "server/base/json_place.h"

namespace plocal::base {
namespace {

std::string located_in(std::string_view text, std::size_t offset, std::string_view why) {
    TextPieces pieces(text);
    return located(pieces, offset, why);
}

/// Returns the offset of the bracket that nests too deeply. The text must be valid JSON up to there.
std::size_t too_deep_at(std::string_view text, std::size_t most) {
    std::size_t depth = 0;
    bool in_string = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (in_string && c == '\\') {
            ++at;
        } else if (c == '"') {
            in_string = !in_string;
        } else if (!in_string && (c == '{' || c == '[')) {
            if (++depth > most) return at;
        } else if (!in_string && (c == '}' || c == ']')) {
            --depth;
        }
    }
    return text.size();
}

/// Returns for each of the names the place of the first one that is the same. Sorts them: a text can be made whose
/// names share one place of a hash table.
std::vector<std::size_t> first_places(const std::string* names, std::size_t count) {
    std::vector<std::size_t> sorted(count);
    std::iota(sorted.begin(), sorted.end(), std::size_t{0});
    std::ranges::stable_sort(sorted, {}, [names](std::size_t i) -> const std::string& { return names[i]; });
    std::vector<std::size_t> first(count);
    for (std::size_t i = 0; i < count; ++i) {
        const bool is_repeated = i > 0 && names[sorted[i]] == names[sorted[i - 1]];
        first[sorted[i]] = is_repeated ? first[sorted[i - 1]] : sorted[i];
    }
    return first;
}

/// Returns the members in order. Of members with the same name the last value counts. Takes no time in the square of
/// their number, unlike inserting one by one.
Json::object_t distinct(std::string* names, Json* values, std::size_t count) {
    constexpr std::size_t few = 16;
    Json::object_t members;
    members.reserve(count);
    if (count > few) {
        const std::vector<std::size_t> first = first_places(names, count);
        for (std::size_t i = 0; i < count; ++i) {
            if (first[i] != i) values[first[i]] = std::move(values[i]);
        }
        for (std::size_t i = 0; i < count; ++i) {
            if (first[i] == i) members.emplace_back(std::move(names[i]), std::move(values[i]));
        }
        return members;
    }
    for (std::size_t i = 0; i < count; ++i) {
        const auto same = std::ranges::find_if(members, [&](const auto& member) { return member.first == names[i]; });
        if (same == members.end()) {
            members.emplace_back(std::move(names[i]), std::move(values[i]));
        } else {
            same->second = std::move(values[i]);
        }
    }
    return members;
}

/// Builds a value from the library's events. Finished values stay on one stack until their array or object ends, so
/// each container is allocated once, in its final size.
class Builder {
public:
    Builder(std::string_view text, std::size_t most_nesting) : text_(text), most_nesting_(most_nesting) {
        values_.reserve(16);
        names_.reserve(16);
        open_.reserve(8);
    }

    Json take() { return std::move(values_.front()); }

    bool null() { return add(nullptr); }
    bool boolean(bool value) { return add(value); }
    bool number_integer(std::int64_t value) { return add(value); }
    bool number_unsigned(std::uint64_t value) { return add(value); }
    bool number_float(double value, const std::string&) { return add(value); }
    bool string(std::string& value) { return add(std::move(value)); }
    bool binary(Json::binary_t&) { return false; }

    bool start_object(std::size_t) { return start(); }
    bool start_array(std::size_t) { return start(); }

    bool key(std::string& name) {
        names_.push_back(std::move(name));
        return true;
    }

    bool end_object() {
        const Open open = end();
        const std::size_t count = values_.size() - open.values;
        Json object = distinct(names_.data() + open.names, values_.data() + open.values, count);
        names_.resize(open.names);
        values_.resize(open.values);
        return add(std::move(object));
    }

    bool end_array() {
        const auto first = values_.begin() + static_cast<std::ptrdiff_t>(end().values);
        Json array = Json::array_t(std::make_move_iterator(first), std::make_move_iterator(values_.end()));
        values_.erase(first, values_.end());
        return add(std::move(array));
    }

    bool parse_error(std::size_t read, const std::string&, const Json::exception& error) {
        throw JsonError(located_in(text_, read == 0 ? 0 : read - 1, reason_in(error.what(), error.id)));
    }

private:
    struct Open {
        std::size_t values;
        std::size_t names;
    };

    template <typename T>
    bool add(T&& value) {
        values_.emplace_back(std::forward<T>(value));
        return true;
    }

    bool start() {
        if (open_.size() == most_nesting_) {
            throw JsonError(located_in(text_, too_deep_at(text_, most_nesting_), nesting_reason(most_nesting_)));
        }
        open_.push_back({values_.size(), names_.size()});
        return true;
    }

    Open end() {
        const Open open = open_.back();
        open_.pop_back();
        return open;
    }

    std::string_view text_;
    std::size_t most_nesting_;
    std::vector<Json> values_;
    std::vector<std::string> names_;
    std::vector<Open> open_;
};

}  // namespace

Json parse_json(std::string_view text, std::size_t most_nesting) {
    Builder builder(text, most_nesting);
    Json::sax_parse(text.data(), text.data() + text.size(), &builder);
    // The library takes a zero byte for the end of the text.
    if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos) {
        throw JsonError(located_in(text, zero, zero_reason));
    }
    return builder.take();
}

std::string json_text(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

const std::string* text_member(const Json& json, std::string_view member) {
    if (!json.is_object()) return nullptr;
    const auto found = json.find(member);
    return found == json.end() ? nullptr : found->get_ptr<const std::string*>();
}

Json without_nulls(Json value) {
    if (value.is_array()) {
        Json kept = Json::array();
        for (Json& element : value) {
            if (!element.is_null()) kept.push_back(without_nulls(std::move(element)));
        }
        return kept;
    }
    auto* const members = value.get_ptr<Json::object_t*>();
    if (members == nullptr) return value;
    std::size_t kept_count = 0;
    for (auto& [name, member] : *members) {
        member = without_nulls(std::move(member));
        if (!member.is_null()) ++kept_count;
    }
    if (kept_count == members->size()) return value;
    Json::object_t kept;
    kept.reserve(kept_count);
    for (auto& [name, member] : *members) {
        if (!member.is_null()) kept.emplace_back(name, std::move(member));
    }
    return Json(std::move(kept));
}

}  // namespace plocal::base
