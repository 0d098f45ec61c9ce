#include "server/base/json_fast.h"

#include <cstdint>
#include <string>
#include <utility>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/src.hpp>

#include "server/base/decimal.h"
#include "server/base/json_builder.h"

namespace plocal::base {
namespace {

using boost::json::error_code;
using boost::json::string_view;

constexpr std::size_t no_limit = static_cast<std::size_t>(-1);

/// Follows the events of Boost's parser, which reads the text as one piece. Each returns false to end the reading.
class GoodJson {
public:
    static constexpr std::size_t max_object_size = no_limit;
    static constexpr std::size_t max_array_size = no_limit;
    static constexpr std::size_t max_key_size = no_limit;
    static constexpr std::size_t max_string_size = no_limit;

    explicit GoodJson(std::size_t most_nesting) : builder_(most_nesting) {}

    Json take() { return builder_.take(); }

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code& error) { return open(error); }
    bool on_array_begin(error_code& error) { return open(error); }

    bool on_object_end(std::size_t, error_code&) {
        builder_.close_object();
        return true;
    }

    bool on_array_end(std::size_t, error_code&) {
        builder_.close_array();
        return true;
    }

    bool on_key_part(string_view text, std::size_t, error_code& error) { return on_string_part(text, 0, error); }

    bool on_key(string_view text, std::size_t, error_code&) {
        builder_.name(whole(text));
        return true;
    }

    bool on_string_part(string_view text, std::size_t, error_code&) {
        parts_.append(text.data(), text.size());
        return true;
    }

    bool on_string(string_view text, std::size_t, error_code&) { return add(whole(text)); }

    bool on_number_part(string_view, error_code&) { return true; }

    // nlohmann's parser tells whole numbers apart by their sign.
    bool on_int64(std::int64_t value, string_view text, error_code&) {
        return text.starts_with('-') ? add(value) : add(static_cast<std::uint64_t>(value));
    }

    bool on_uint64(std::uint64_t value, string_view, error_code&) { return add(value); }

    // Boost rounds some numbers to a neighbour of the nearest one.
    bool on_double(double, string_view text, error_code& error) {
        const auto value = parse_decimal({text.data(), text.size()});
        return value ? add(*value) : stop(error);
    }

    bool on_bool(bool value, error_code&) { return add(value); }
    bool on_null(error_code&) { return add(nullptr); }
    bool on_comment_part(string_view, error_code&) { return true; }
    bool on_comment(string_view, error_code&) { return true; }

private:
    static bool stop(error_code& error) {
        error = boost::json::error::syntax;
        return false;
    }

    template <typename T>
    bool add(T&& value) {
        builder_.add(std::forward<T>(value));
        return true;
    }

    bool open(error_code& error) { return builder_.open() || stop(error); }

    std::string whole(string_view last) {
        if (parts_.empty()) return {last.data(), last.size()};
        parts_.append(last.data(), last.size());
        return std::exchange(parts_, {});
    }

    JsonBuilder builder_;
    std::string parts_;  // of a string or name with escapes
};

}  // namespace

std::optional<Json> parse_good_json(std::string_view text, std::size_t most_nesting) {
    boost::json::parse_options options;
    options.max_depth = most_nesting;
    boost::json::basic_parser<GoodJson> parser(options, most_nesting);
    error_code error;
    const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
    if (error || read != text.size()) return std::nullopt;
    return parser.handler().take();
}

}  // namespace plocal::base
