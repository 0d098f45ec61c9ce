#include "server/base/json.h"

#include <cstdint>
#include <optional>
#include <utility>

#include "server/base/json_builder.h"
#include "server/base/json_fast.h"
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

/// Passes the library's events on.
class Reader {
public:
    Reader(std::string_view text, std::size_t most_nesting)
        : text_(text), most_nesting_(most_nesting), builder_(most_nesting) {}

    Json take() { return builder_.take(); }

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
        builder_.name(std::move(name));
        return true;
    }

    bool end_object() {
        builder_.close_object();
        return true;
    }

    bool end_array() {
        builder_.close_array();
        return true;
    }

    bool parse_error(std::size_t read, const std::string&, const Json::exception& error) {
        throw JsonError(located_in(text_, read == 0 ? 0 : read - 1, reason_in(error.what(), error.id)));
    }

private:
    template <typename T>
    bool add(T&& value) {
        builder_.add(std::forward<T>(value));
        return true;
    }

    bool start() {
        if (builder_.open()) return true;
        throw JsonError(located_in(text_, too_deep_at(text_, most_nesting_), nesting_reason(most_nesting_)));
    }

    std::string_view text_;
    std::size_t most_nesting_;
    JsonBuilder builder_;
};

}  // namespace

// Boost's parser takes a quarter of the time, and nlohmann's says what is wrong with a text.
Json parse_json(std::string_view text, std::size_t most_nesting) {
    if (std::optional<Json> json = parse_good_json(text, most_nesting)) return *std::move(json);
    Reader reader(text, most_nesting);
    Json::sax_parse(text.data(), text.data() + text.size(), &reader);
    // The library takes a zero byte for the end of the text.
    if (const std::size_t zero = text.find('\0'); zero != std::string_view::npos) {
        throw JsonError(located_in(text, zero, zero_reason));
    }
    return reader.take();
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
