#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/service/jobs/batch_world.h"
#include "tests/unit/service/runtime/random_questions.h"

namespace plocal::jobs {
namespace {

using recommender::Answers;
using recommender::Recipe;
using runtime::Question;

/// Questions to one campaign with the same filter and number of results, as the lines of a job are.
struct LineQuestions {
    std::vector<Json> inputs;
    Json job = Json::object();
};

bool has_batches(const Recipe& recipe) {
    return (recipe.answers == Answers::recommendations || recipe.answers == Answers::ranking) &&
           recipe.name != "aws-trending-now" && !runtime::is_of_a_domain(recipe);
}

LineQuestions line_questions(runtime::RandomShop& shop, const Recipe& recipe) {
    LineQuestions result;
    runtime::Questions questions(shop);
    const Json first = questions.to(recipe).input;
    if (first.contains("filterArn")) result.job["filterArn"] = first["filterArn"];
    result.job["numResults"] = first.value("numResults", 25);
    for (int i = 0; i < 8; ++i) {
        Json input = questions.plain(recipe).input;
        for (const char* const member : {"filterArn", "filterValues", "numResults"}) {
            if (first.contains(member)) input[member] = first[member];
        }
        result.inputs.push_back(std::move(input));
    }
    return result;
}

Json line_of(const Json& input) {
    Json line = Json::object();
    for (const auto& [from, to] : {std::pair{"userId", "userId"}, std::pair{"itemId", "itemId"},
                                   std::pair{"inputList", "itemList"}, std::pair{"filterValues", "filterValues"}}) {
        if (input.contains(from)) line[to] = input[from];
    }
    return line;
}

/// The line that a job must write where a campaign gives this answer.
std::string expected_line(const Json& line, const Recipe& recipe, const support::Answer& answer) {
    Json expected = {{"input", line}};
    if (answer.status != 200) {
        expected["error"] = answer.message();
        return expected.dump();
    }
    Json& output = expected["output"] = {{"recommendedItems", Json::array()}};
    if (recipe.has_scores) output["scores"] = Json::array();
    for (const Json& item : answer.body[recipe.answers == Answers::ranking ? "personalizedRanking" : "itemList"]) {
        output["recommendedItems"].push_back(item["itemId"]);
        if (item.contains("score")) output["scores"].push_back(item["score"]);
    }
    expected["error"] = nullptr;
    return expected.dump();
}

void put_events_of_users(BatchWorld& world, runtime::RandomShop& shop) {
    for (int i = 0; i < 5; ++i) {
        const Json event = {{"eventType", "view"}, {"itemId", shop.draw_event().id}, {"sentAt", shop.now_s()}};
        const Json input = {
            {"trackingId", "films"}, {"userId", shop.draw_event().user}, {"sessionId", "s"}, {"eventList", {event}}};
        ASSERT_EQ(world.ask("/events", input).status, 200);
    }
}

// Fidelity: inferred | A batch inference job answers what a campaign with the same solution version would answer | -
TEST(RandomBatches, AnswerWhatCampaignsAnswer) {
    int lines_seen = 0;
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        runtime::RandomShop shop(seed);
        BatchWorld world(runtime::document_of(shop));
        for (const Recipe& recipe : recommender::all_recipes()) {
            if (!has_batches(recipe)) continue;
            const LineQuestions asked = line_questions(shop, recipe);
            std::string lines;
            std::string expected;
            for (const Json& input : asked.inputs) {
                const Json line = line_of(input);
                const char* const path =
                    recipe.answers == Answers::ranking ? "/personalize-ranking" : "/recommendations";
                lines += line.dump() + '\n';
                expected += expected_line(line, recipe, world.ask(path, input)) + '\n';
                ++lines_seen;
            }
            const std::string output = world.inference(std::string(recipe.name), lines, asked.job);
            std::string parsed;
            for (std::size_t at = 0; at < output.size();) {
                const std::size_t end = output.find('\n', at);
                parsed += Json::parse(output.substr(at, end - at)).dump() + '\n';
                at = end + 1;
            }
            EXPECT_EQ(parsed, expected) << "seed " << seed << ", " << recipe.name << ", " << asked.job;
            put_events_of_users(world, shop);
        }
    }
    EXPECT_GT(lines_seen, 500);
}

}  // namespace
}  // namespace plocal::jobs
