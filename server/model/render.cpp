#include "server/model/render.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "server/base/text.h"

namespace plocal::model {
namespace {

using base::Json;

/// Returns true if the value has the shape's type. `write` checks what is inside it.
bool fits(const Shape& shape, const Json& value) {
    switch (shape.type) {
        case Type::structure:
        case Type::map:
            return value.is_object();
        case Type::list:
            return value.is_array();
        case Type::string:
            return value.is_string();
        case Type::boolean:
            return value.is_boolean();
        case Type::integer:
            return value.is_number_integer();
        case Type::timestamp:
        case Type::floating:
            return value.is_number() && std::isfinite(value.get<double>());
    }
    return false;
}

bool needs_escape(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

void write_escaped(char c, std::string& out) {
    constexpr std::string_view plain = "\"\\\b\f\n\r\t";
    constexpr std::string_view letters = "\"\\bfnrt";
    out += '\\';
    if (const std::size_t at = plain.find(c); at != std::string_view::npos) {
        out += letters[at];
        return;
    }
    out += "u00";
    out += base::hexadecimal(static_cast<unsigned char>(c), 2);
}

void write(const Shape& shape, const Json& value, std::string& out);

/// Writes members or elements with commas between them. Leaves out those of the wrong type.
class Members {
public:
    explicit Members(std::string& out) : out_(out) {}

    void add(std::string_view name, const Shape& shape, const Json& value) {
        if (!fits(shape, value)) return;
        separate();
        append_json_text(name, out_);
        out_ += ':';
        write(shape, value, out_);
    }

    void add(const Shape& shape, const Json& value) {
        if (!fits(shape, value)) return;
        separate();
        write(shape, value, out_);
    }

private:
    void separate() {
        if (!first_) out_ += ',';
        first_ = false;
    }

    std::string& out_;
    bool first_ = true;
};

void write_structure(const Shape& shape, const Json& value, std::string& out) {
    out += '{';
    Members members(out);
    for (const Member& member : shape.members) {
        if (const auto found = value.find(member.name); found != value.end()) {
            members.add(member.name, *member.shape, *found);
        }
    }
    out += '}';
}

void write_map(const Shape& shape, const Json& value, std::string& out) {
    out += '{';
    Members members(out);
    for (const auto& [key, entry] : value.get_ref<const Json::object_t&>()) members.add(key, *shape.element, entry);
    out += '}';
}

void write_list(const Shape& shape, const Json& value, std::string& out) {
    out += '[';
    Members elements(out);
    for (const Json& element : value) elements.add(*shape.element, element);
    out += ']';
}

void write(const Shape& shape, const Json& value, std::string& out) {
    switch (shape.type) {
        case Type::structure:
            return write_structure(shape, value, out);
        case Type::map:
            return write_map(shape, value, out);
        case Type::list:
            return write_list(shape, value, out);
        case Type::string:
            return append_json_text(value.get_ref<const std::string&>(), out);
        case Type::boolean:
            out += value.get<bool>() ? "true" : "false";
            return;
        case Type::integer:
            out += value.dump();
            return;
        case Type::floating:
            out += java_double(value.get<double>());
            return;
        case Type::timestamp:
            if (value.is_number_float()) {
                out += java_double(value.get<double>());
                return;
            }
            out += timestamp_text(base::Instant(std::chrono::milliseconds(value.get<std::int64_t>())));
            return;
    }
}

}  // namespace

std::string render(const Shape& shape, const Json& value) {
    std::string out;
    out.reserve(512);
    if (fits(shape, value)) {
        write(shape, value, out);
    } else {
        out = "{}";
    }
    return out;
}

void append_json_text(std::string_view text, std::string& out) {
    out += '"';
    std::size_t written = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!needs_escape(text[at])) continue;
        out += text.substr(written, at - written);
        write_escaped(text[at], out);
        written = at + 1;
    }
    out += text.substr(written);
    out += '"';
}

std::string java_double(double number) {
    if (number == 0) return std::signbit(number) ? "-0.0" : "0.0";
    std::array<char, 32> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::scientific);
    const std::string_view written(buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data()));

    // Split "-1.5e+03" into its sign, the digits "15" and the exponent.
    const std::size_t e = written.find('e');
    const int exponent = std::atoi(buffer.data() + e + 1);
    const std::string_view mantissa = written.substr(number < 0 ? 1 : 0, e - (number < 0 ? 1 : 0));
    std::string digits(1, mantissa[0]);
    if (mantissa.size() > 2) digits += mantissa.substr(2);

    std::string out = number < 0 ? "-" : "";
    if (exponent < -3 || exponent >= 7) {
        const std::string fraction = digits.size() > 1 ? digits.substr(1) : "0";
        return out + digits[0] + '.' + fraction + 'E' + std::to_string(exponent);
    }
    if (exponent < 0) return out + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
    const auto whole = static_cast<std::size_t>(exponent) + 1;
    if (digits.size() <= whole) digits.append(whole + 1 - digits.size(), '0');
    return out + digits.substr(0, whole) + '.' + digits.substr(whole);
}

// Up to fifteen digits a decimal is the shortest one for its double, so the digits of the milliseconds are those that
// java_double finds, in a twentieth of the time.
std::string timestamp_text(base::Instant instant) {
    constexpr std::int64_t least = 10'000'000'000;  // Java writes fewer seconds than 10^7 without an exponent
    constexpr std::int64_t beyond = 1'000'000'000'000'000;
    const std::int64_t ms = instant.time_since_epoch().count();
    if (ms < least || ms >= beyond) return java_double(static_cast<double>(ms) / 1000.0);
    std::array<char, 20> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), ms).ptr;
    const std::string_view digits(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
    const std::string_view significant = digits.substr(0, digits.find_last_not_of('0') + 1);
    std::string out(1, significant.front());
    out += '.';
    out += significant.size() > 1 ? significant.substr(1) : "0";
    out += 'E';
    out += std::to_string(digits.size() - 4);
    return out;
}

}  // namespace plocal::model
