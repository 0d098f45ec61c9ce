#include "server/service/recommender/theme.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "server/base/text.h"

namespace plocal::recommender {
namespace {

constexpr std::size_t most_words = 3;
constexpr std::size_t shortest_word = 3;
constexpr double greatest_relevance = 0.6;  // as the guide's examples have it
constexpr double decimals_of_relevance = 1e9;
constexpr std::string_view theme_without_words = "Similar items";

constexpr std::array<std::string_view, 12> filling_words = {"and", "are", "but",  "for", "from", "its",
                                                            "not", "the", "this", "was", "with", "you"};

/// Whether a byte is part of a word. Characters beyond ASCII are.
bool is_of_word(char c) {
    return base::is_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80U;
}

/// The different words of a name in lower case that may be part of a theme.
std::set<std::string> words_of(std::string_view name) {
    std::set<std::string> words;
    while (!name.empty()) {
        const auto begin = std::ranges::find_if(name, is_of_word);
        const auto end = std::find_if_not(begin, name.end(), is_of_word);
        std::string word = base::lower(std::string_view(begin, end));
        const bool is_filling = std::ranges::find(filling_words, word) != filling_words.end();
        if (word.size() >= shortest_word && !is_filling) words.insert(std::move(word));
        name = std::string_view(end, name.end());
    }
    return words;
}

}  // namespace

Theme find_theme(std::span<const std::string> names) {
    std::vector<std::set<std::string>> words;
    std::map<std::string, int> counts;  // of the names with a word
    for (const std::string& name : names) {
        for (const std::string& word : words.emplace_back(words_of(name))) ++counts[word];
    }
    std::vector<std::pair<int, std::string>> common;  // the most common first, equally common ones bytewise
    common.reserve(counts.size());
    for (const auto& [word, count] : counts) common.emplace_back(-count, word);
    std::ranges::sort(common);
    common.resize(std::min(common.size(), most_words));

    Theme theme;
    int total = 0;
    for (const auto& [negative, word] : common) {
        theme.text += (theme.text.empty() ? "" : ", ") + base::with_capital(word);
        total -= negative;
    }
    if (theme.text.empty()) theme.text = theme_without_words;
    for (const std::set<std::string>& its : words) {
        int shared = 0;
        for (const auto& [negative, word] : common) shared -= its.contains(word) ? negative : 0;
        const double relevance = total == 0 ? 0 : greatest_relevance * shared / total;
        theme.relevances.push_back(std::floor(relevance * decimals_of_relevance + 0.5) / decimals_of_relevance);
    }
    theme.order.resize(names.size());
    std::iota(theme.order.begin(), theme.order.end(), std::size_t{0});
    std::ranges::stable_sort(theme.order, {}, [&](std::size_t place) { return -theme.relevances[place]; });
    return theme;
}

}  // namespace plocal::recommender
