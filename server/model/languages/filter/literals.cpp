#include "server/model/languages/filter/literals.h"

#include <algorithm>
#include <utility>

#include "server/base/text.h"

namespace plocal::languages {
namespace {

long double widest(const FilterNumber& number) {
    return std::visit([](auto value) { return static_cast<long double>(value); }, number);
}

bool is_less_number(const FilterNumber& one, const FilterNumber& other) {
    return compare_filter_numbers(one, other) == std::partial_ordering::less;
}

// Calls `fits` with each part between |, until it returns true.
template <typename Fits>
bool any_part(std::string_view text, const Fits& fits) {
    for (;;) {
        const std::size_t bar = text.find('|');
        if (fits(text.substr(0, bar))) return true;
        if (bar == std::string_view::npos) return false;
        text.remove_prefix(bar + 1);
    }
}

// Returns nothing for null and numbers.
std::optional<std::string_view> text_of_cell(const FilterCell& cell) {
    if (const auto* const text = std::get_if<std::string_view>(&cell)) return *text;
    if (const auto* const truth = std::get_if<bool>(&cell)) return *truth ? "true" : "false";
    return std::nullopt;
}

// Texts with a | in them are compared as a whole too: an id may hold one.
bool texts_share_part(std::string_view one, std::string_view other) {
    return one == other || any_part(one, [other](std::string_view part) {
               return any_part(other, [part](std::string_view its) { return its == part; });
           });
}

bool text_holds_number(std::string_view text, const FilterNumber& number) {
    return any_part(text, [&number](std::string_view part) {
        const auto read = read_filter_number(part);
        return read && std::is_eq(compare_filter_numbers(*read, number));
    });
}

}  // namespace

std::optional<FilterNumber> read_filter_number(std::string_view text) {
    // from_chars reads inf and nan as well.
    if (text.find_first_not_of("0123456789+-.eE") != std::string_view::npos) return std::nullopt;
    if (const auto whole = base::parse_number<std::int64_t>(text)) return FilterNumber(*whole);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return FilterNumber(number);
}

std::partial_ordering compare_filter_numbers(const FilterNumber& one, const FilterNumber& other) {
    const auto* const whole = std::get_if<std::int64_t>(&one);
    const auto* const other_whole = std::get_if<std::int64_t>(&other);
    if (whole != nullptr && other_whole != nullptr) return *whole <=> *other_whole;
    return widest(one) <=> widest(other);
}

std::optional<FilterNumber> number_of_cell(const FilterCell& cell) {
    if (const auto* const whole = std::get_if<std::int64_t>(&cell)) return FilterNumber(*whole);
    if (const auto* const real = std::get_if<double>(&cell)) return FilterNumber(*real);
    return std::nullopt;
}

bool cells_share_value(const FilterCell& one, const FilterCell& other) {
    const auto text = text_of_cell(one);
    const auto other_text = text_of_cell(other);
    if (text && other_text) return texts_share_part(*text, *other_text);
    const auto number = number_of_cell(one);
    const auto other_number = number_of_cell(other);
    if (number && other_number) return std::is_eq(compare_filter_numbers(*number, *other_number));
    if (text && other_number) return text_holds_number(*text, *other_number);
    return other_text && number && text_holds_number(*other_text, *number);
}

FilterLiterals::FilterLiterals(std::vector<std::string> values) : texts_(std::move(values)) {
    std::ranges::sort(texts_);
    texts_.erase(std::unique(texts_.begin(), texts_.end()), texts_.end());
    for (const std::string& text : texts_) {
        if (const auto number = read_filter_number(text)) numbers_.push_back(*number);
    }
    std::ranges::sort(numbers_, is_less_number);
}

bool FilterLiterals::contains(const FilterCell& cell) const {
    if (const auto text = text_of_cell(cell)) {
        const auto is_literal = [this](std::string_view part) { return contains_text(part); };
        return contains_text(*text) || (text->find('|') != std::string_view::npos && any_part(*text, is_literal));
    }
    const auto number = number_of_cell(cell);
    if (!number) return false;
    const auto found = std::ranges::lower_bound(numbers_, *number, is_less_number);
    return found != numbers_.end() && std::is_eq(compare_filter_numbers(*found, *number));
}

std::optional<FilterNumber> FilterLiterals::only_number() const {
    return texts_.size() == 1 && numbers_.size() == 1 ? std::optional(numbers_.front()) : std::nullopt;
}

bool FilterLiterals::contains_text(std::string_view text) const {
    const auto found = std::ranges::lower_bound(texts_, text, std::less<>());
    return found != texts_.end() && *found == text;
}

}  // namespace plocal::languages
