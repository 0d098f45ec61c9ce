// Thousands of random filters over random rows, each compared with a second evaluator. What differs is shortened and
// printed with its seed; the environment variable PLOCAL_WALK_SEED runs that filter alone.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "server/model/api_error.h"
#include "server/model/languages/filter/explain.h"
#include "tests/support/walks.h"
#include "tests/unit/model/languages/filter/filter_draw.h"

namespace plocal::languages {
namespace {

using support::Walks;

struct RandomCase {
    std::vector<RandomPart> parts;
    std::vector<RandomRow> rows;
    NaiveWorld naive;
    TinyWorld world;
    FilterWriter written;

    explicit RandomCase(const RandomSteps& steps) {
        for (const RandomStep& step : steps) {
            if (const auto* const part = std::get_if<RandomPart>(&step)) {
                parts.push_back(*part);
                written.write(*part);
            } else {
                add(std::get<RandomRow>(step));
            }
        }
    }

private:
    void add(const RandomRow& row) {
        if (row.role == Role::user) naive.user = world.user = row.cells;
        if (row.role == Role::item) naive.item = world.item = row.cells;
        if (row.role != Role::row) return;
        world.events[{FilterEvents::items, rows.size()}] = row.events;
        world.rows.push_back(row.cells);
        rows.push_back(row);
    }
};

std::string difference_of_rows(const RandomCase& one, const PreparedFilter& filter) {
    const FilterRows passed = filter.passing(one.world, one.rows.size());
    for (std::size_t row = 0; row < one.rows.size(); ++row) {
        const bool expected = naive_passes(one.naive, one.parts, one.rows[row]);
        const std::string place = " for row " + std::to_string(row);
        if (passed[row] != expected) return "passing() is " + std::to_string(passed[row]) + place;
        if (filter.passes(one.world, row) != expected) return "passes() differs from passing()" + place;
        const FilterVerdict verdict = explain_filter(filter, one.world, row);
        if (verdict.passes != expected) return "explain_filter() differs from passing()" + place;
        if (verdict.expression.empty() != verdict.because.empty()) return "a reason without its part" + place;
    }
    return "";
}

std::string find_filter_difference(const RandomSteps& steps, bool, std::size_t& taken) {
    taken = steps.size();
    const RandomCase one(steps);
    if (one.parts.empty()) return "";
    const bool is_refused = std::any_of(one.parts.begin(), one.parts.end(),
                                        [](const RandomPart& part) { return part.includes && misses_a_value(part); });
    try {
        const PreparedFilter filter = one.world.prepared(one.written.text, one.written.values);
        return is_refused ? "accepts an INCLUDE without a value" : difference_of_rows(one, filter);
    } catch (const model::ApiError& error) {
        return is_refused ? "" : "refuses: " + error.message();
    }
}

std::string text_of_cells(const TinyRow& cells) {
    std::string text;
    for (const auto& [column, cell] : cells) {
        text += " " + column + "=";
        if (const auto* const words = std::get_if<std::string>(&cell)) text += "\"" + *words + "\"";
        for (const long double number : number_in(cell)) text += std::to_string(number);
    }
    return text;
}

std::string text_of_steps(const RandomSteps& steps) {
    const RandomCase one(steps);
    std::string text = "\n" + one.written.text;
    for (const auto& [name, value] : one.written.values) text += "\n$" + name + ": " + value;
    text += "\nuser:" + text_of_cells(one.naive.user) + "\nitem:" + text_of_cells(one.naive.item);
    for (const RandomRow& row : one.rows) {
        text += "\nrow:" + text_of_cells(row.cells) + " events:";
        for (const std::string& event : row.events) text += " \"" + event + "\"";
    }
    return text;
}

RandomSteps random_filter_steps(std::uint64_t seed) {
    return FilterDraw(seed).steps();
}

TEST(RandomFilters, PassWhatASecondEvaluatorPasses) {
    support::walk_from(Walks<RandomStep>{random_filter_steps, find_filter_difference, text_of_steps}, 1, 2'000);
}

TEST(RandomFilters, AreDrawnWithAllOutcomes) {
    std::map<std::string, int> count;
    for (std::uint64_t seed = 1; seed <= 500; ++seed) {
        const RandomCase one(random_filter_steps(seed));
        for (const RandomRow& row : one.rows) ++count[naive_passes(one.naive, one.parts, row) ? "passes" : "is out"];
        for (const RandomPart& part : one.parts) {
            ++count[misses_a_value(part) ? "misses a value" : one.naive.applies(part) ? "applies" : "does not apply"];
        }
    }
    for (const char* const outcome : {"passes", "is out", "misses a value", "applies", "does not apply"}) {
        EXPECT_GT(count[outcome], 50) << outcome;
    }
}

TEST(RandomFilters, AreRefusedOrEvaluatedWhateverTheTokensAre) {
    const RandomTexts tokens = {"INCLUDE",
                                "EXCLUDE",
                                "ItemID",
                                "UserID",
                                "ActionID",
                                "WHERE",
                                "IF",
                                "AND",
                                "OR",
                                "IN",
                                "NOT",
                                "Items.A",
                                "Items",
                                ".",
                                "Interactions.EVENT_TYPE",
                                "CurrentUser.A",
                                "CurrentItem.A",
                                "(",
                                ")",
                                ",",
                                "|",
                                "=",
                                "!=",
                                "<",
                                ">=",
                                "*",
                                "\"*\"",
                                "\"a\"",
                                "'b",
                                "1",
                                "-1e9",
                                "1e999",
                                "$A",
                                "$B",
                                "\xff",
                                "\\"};
    const RandomTexts starts = {"", "INCLUDE ItemID WHERE Items.A", "EXCLUDE ItemID WHERE Items.A IN (",
                                "INCLUDE ItemID WHERE Items.YEAR > 1"};
    const TinyWorld world = tiny_items();
    std::mt19937_64 random(7);
    int evaluated = 0;
    for (std::size_t round = 0; round < 10'000; ++round) {
        std::string text = starts[round % starts.size()];
        for (std::size_t size = random() % 8; size > 0; --size) text += " " + tokens[random() % tokens.size()];
        try {
            const PreparedFilter filter = world.prepared(text, {{"A", tokens[random() % tokens.size()]}});
            for (std::size_t row = 0; row < world.rows.size(); ++row) {
                EXPECT_EQ(explain_filter(filter, world, row).passes, filter.passes(world, row)) << text;
            }
            ++evaluated;
        } catch (const model::ApiError& error) {
            EXPECT_EQ(error.name(), "InvalidInputException") << text;
        }
    }
    EXPECT_GT(evaluated, 200);
}

}  // namespace
}  // namespace plocal::languages
