#include "server/base/iso8601.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>

#include "server/base/text.h"

namespace plocal::base {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

/// Reads a text from its front. `done` returns false once anything was not as expected.
class Cursor {
public:
    explicit Cursor(std::string_view text) : rest_(text) {}

    int digits(std::size_t count) {
        int value = 0;
        if (rest_.size() < count || rest_.substr(0, count).find_first_not_of("0123456789") != std::string_view::npos) {
            good_ = false;
            return 0;
        }
        std::from_chars(rest_.data(), rest_.data() + count, value);
        rest_.remove_prefix(count);
        return value;
    }

    bool take(std::string_view any_of) {
        if (rest_.empty() || any_of.find(rest_.front()) == std::string_view::npos) return false;
        rest_.remove_prefix(1);
        return true;
    }

    void expect(std::string_view any_of) { good_ = take(any_of) && good_; }
    void refuse_unless(bool condition) { good_ = condition && good_; }
    char front() const { return rest_.empty() ? '\0' : rest_.front(); }
    bool done() const { return good_ && rest_.empty(); }

private:
    std::string_view rest_;
    bool good_ = true;
};

milliseconds fraction(Cursor& text) {
    if (!text.take(".,")) return milliseconds(0);
    milliseconds sum = milliseconds(0);
    int digit_count = 0;
    for (int weight = 100; is_digit(text.front()); weight /= 10, ++digit_count) {
        sum += milliseconds(text.digits(1) * weight);
    }
    text.refuse_unless(digit_count > 0);
    return sum;
}

minutes zone(Cursor& text) {
    const bool west = text.front() == '-';
    if (text.take("Zz") || !text.take("+-")) return minutes(0);
    const int h = text.digits(2);
    text.take(":");
    const int m = text.digits(2);
    text.refuse_unless(h <= 23 && m <= 59);
    return (west ? -1 : 1) * (hours(h) + minutes(m));
}

void append_padded(std::string& text, int number, std::size_t width) {
    const std::string digits = std::to_string(number);
    if (digits.size() < width) text.append(width - digits.size(), '0');
    text += digits;
}

}  // namespace

std::optional<Instant> parse_iso8601(std::string_view text) {
    Cursor cursor(text);
    const int year = cursor.digits(4);
    cursor.expect("-");
    const int month = cursor.digits(2);
    cursor.expect("-");
    const int day = cursor.digits(2);
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    cursor.refuse_unless(date.ok());
    milliseconds time = milliseconds(0);
    if (cursor.take("Tt ")) {
        const int h = cursor.digits(2);
        cursor.expect(":");
        const int m = cursor.digits(2);
        time = hours(h) + minutes(m);
        if (cursor.take(":")) {
            const int s = cursor.digits(2);
            cursor.refuse_unless(s <= 59);
            time += seconds(s) + fraction(cursor);
        }
        cursor.refuse_unless(h <= 23 && m <= 59);
        time -= zone(cursor);
    }
    if (!cursor.done()) return std::nullopt;
    return Instant(std::chrono::sys_days(date)) + time;
}

std::string iso8601(Instant instant) {
    const auto day = std::chrono::floor<days>(instant);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(instant - day);
    std::string text;
    text.reserve(sizeof "2026-01-31T12:00:00.123Z");
    append_padded(text, static_cast<int>(date.year()), 4);
    append_padded(text += '-', static_cast<int>(static_cast<unsigned>(date.month())), 2);
    append_padded(text += '-', static_cast<int>(static_cast<unsigned>(date.day())), 2);
    append_padded(text += 'T', static_cast<int>(time.hours().count()), 2);
    append_padded(text += ':', static_cast<int>(time.minutes().count()), 2);
    append_padded(text += ':', static_cast<int>(time.seconds().count()), 2);
    if (const auto ms = time.subseconds().count(); ms != 0) append_padded(text += '.', static_cast<int>(ms), 3);
    return text += 'Z';
}

std::string http_date(Instant instant) {
    static constexpr std::array<const char*, 7> week = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> year = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<days>(instant);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(std::chrono::floor<seconds>(instant - day));
    std::array<char, 40> text{};
    const int size = std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                                   week[std::chrono::weekday(day).c_encoding()], static_cast<unsigned>(date.day()),
                                   year[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                                   static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                                   static_cast<int>(time.seconds().count()));
    return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace plocal::base
