// Measures filters over 10,000 items: binding, a whole pass, and the combination of parts that were kept.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <benchmark/benchmark.h>

#include "server/base/text.h"
#include "server/model/languages/filter/evaluate.h"
#include "server/model/languages/filter/parse.h"
#include "server/model/languages/filter/values.h"

namespace plocal::languages {
namespace {

constexpr std::size_t item_count = 10'000;

/// Items with a genre of one to three parts, a price and a year; the user has interactions with 300 of them.
class ManyItems : public FilterColumns, public FilterFields {
public:
    ManyItems() {
        const std::string genres[] = {"Drama", "Music", "Comedy", "Romance", "Science Fiction"};
        for (std::size_t i = 0; i < item_count; ++i) {
            genres_.push_back(genres[i % 5] + (i % 3 == 0 ? "" : "|" + genres[i % 4]) + (i % 7 == 0 ? "|Short" : ""));
            if (i % 33 == 0) events_[i] = {"watch", "buy"};
        }
    }

    std::optional<std::size_t> filter_column(std::string_view, std::string_view name) const override {
        const std::string_view names[] = {"GENRE", "PRICE", "YEAR"};
        const auto* const found = std::ranges::find(names, base::upper(name));
        return found == std::end(names) ? std::nullopt : std::optional(static_cast<std::size_t>(found - names));
    }
    FilterCell filter_cell(std::size_t row, std::size_t column) const override {
        if (column == 0) return std::string_view(genres_[row]);
        if (column == 1) return static_cast<double>(row % 500) / 4;
        return static_cast<std::int64_t>(1930 + row % 90);
    }
    FilterCell current_user_cell(std::size_t) const override { return std::int64_t{30}; }
    FilterCell current_item_cell(std::size_t column) const override { return filter_cell(77, column); }
    std::span<const std::string_view> filter_event_types(FilterEvents, std::size_t row) const override {
        const auto found = events_.find(row);
        if (found == events_.end()) return {};
        return found->second;
    }

private:
    std::vector<std::string> genres_;
    std::unordered_map<std::size_t, std::vector<std::string_view>> events_;
};

constexpr const char* three_parts =
    R"(INCLUDE ItemID WHERE Items.GENRE NOT IN ("Drama") OR (Items.YEAR < 1950 AND Items.PRICE > 3.5) | )"
    R"(EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("*") IF CurrentUser.AGE > 18 | )"
    R"(EXCLUDE ItemID WHERE Items.GENRE IN ("Music") AND Items.GENRE IN ("Short"))";

constexpr const char* filters[] = {
    R"(INCLUDE ItemID WHERE Items.GENRE IN ("Comedy", "Short"))",
    "INCLUDE ItemID WHERE Items.YEAR >= 1950 AND Items.YEAR < 1960",
    R"(EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("BUY", "rent"))",
    "INCLUDE ItemID WHERE Items.PRICE < CurrentItem.PRICE AND Items.GENRE IN CurrentItem.GENRE", three_parts};

const ManyItems& many_items() {
    static const ManyItems items;
    return items;
}

PreparedFilter prepared(std::string_view text) {
    const BoundFilter bound = bind_filter(parse_filter_expression(text), {});
    return {std::make_shared<const BoundFilter>(bound), many_items()};
}

void parse_bind_and_prepare(benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(prepared(filters[state.range(0)]));
}
BENCHMARK(parse_bind_and_prepare)->DenseRange(0, 4);

void pass_over_all_items(benchmark::State& state) {
    const PreparedFilter filter = prepared(filters[state.range(0)]);
    for (auto _ : state) benchmark::DoNotOptimize(filter.passing(many_items(), item_count));
}
BENCHMARK(pass_over_all_items)->DenseRange(0, 4)->Unit(benchmark::kMicrosecond);

void combine_kept_parts(benchmark::State& state) {
    const PreparedFilter filter = prepared(filters[4]);
    std::vector<FilterRows> kept;
    for (std::size_t part = 0; part < 3; ++part) kept.push_back(filter.rows_of(part, many_items(), item_count));
    const std::vector<const FilterRows*> rows{&kept[0], &kept[1], &kept[2]};
    for (auto _ : state) benchmark::DoNotOptimize(filter.combine(rows, item_count));
}
BENCHMARK(combine_kept_parts)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace plocal::languages
