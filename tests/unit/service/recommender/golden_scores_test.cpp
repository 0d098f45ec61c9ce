// The scores of a small world, to all seven decimals, against tests/golden/recommender/scores.txt. The file is the same
// for all processors: one that joins products and sums, or has other functions of mathematics, must not change it.
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "server/service/recommender/ranking.h"
#include "tests/support/source_folder.h"
#include "tests/support/taste_world.h"
#include "tests/unit/service/recommender/rows.h"

namespace plocal::recommender {
namespace {

std::string line_of(std::string_view id, double score, double weight) {
    char text[80];
    std::snprintf(text, sizeof text, " %.7f %.17g\n", score, weight);
    return std::string(id) + text;
}

/// The scores as they are shown, and the weights to the last bit.
std::string scores() {
    std::vector<Row> rows;
    for (const test::TasteRow& row : test::rows_of({.seed = 3, .users = 40, .items = 60, .categories = 6})) {
        rows.push_back({row.user, row.item, row.timestamp});
    }
    const auto model = trained("aws-user-personalization", rows);
    const std::vector<std::string> later{"item-7", "item-19"};
    std::string text;
    for (const Query& query : {Query{"user-1"}, Query{"user-2", "", later}, Query{"nobody"}}) {
        const Candidates candidates = find_candidates(*model, query);
        text.append("GetRecommendations for ").append(query.user).append("\n");
        for (const Recommendation& each : recommend(candidates, nullptr, 25)) {
            text += line_of(model->items[each.item], each.score, candidates.of(each.item).weight);
        }
        text.append("GetPersonalizedRanking for ").append(query.user).append("\n");
        std::vector<RankingInput> inputs;
        for (std::uint32_t item = 0; item < 10; ++item) inputs.push_back({model->items[item], item});
        for (const RankedItem& each : rank(candidates, inputs)) {
            const RankingInput& input = inputs[each.place];
            text += line_of(input.id, each.score.value(), candidates.of(*input.item).weight);
        }
    }
    return text;
}

TEST(GoldenScores, AreTheSameOnEveryProcessor) {
    std::ifstream file(std::string(test::source_folder) + "/tests/golden/recommender/scores.txt");
    std::stringstream golden;
    golden << file.rdbuf();
    EXPECT_EQ(scores(), golden.str());
}

}  // namespace
}  // namespace plocal::recommender
