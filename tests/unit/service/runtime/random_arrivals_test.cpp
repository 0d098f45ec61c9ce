// The same rows in another order, in several pieces and by several ways, give the same answers of every recipe.
#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/service/runtime/random_questions.h"

namespace plocal::runtime {
namespace {

/// The answers to the same questions, without what differs from answer to answer.
std::vector<std::string> answers_of(World& world, std::uint64_t seed) {
    RandomShop shop(seed);
    Questions questions(shop);
    std::vector<std::string> answers;
    for (int i = 0; i < 60; ++i) {
        const Question asked = questions.any();
        Answer answer = ask(world, asked.path(), asked.input);
        if (answer.status == 200) answer.body.erase("recommendationId");
        answers.push_back(asked.input.dump() + ": " + answer.body.dump());
    }
    return answers;
}

/// Takes the rows of the document away in a random order, and imports a part of them piece by piece.
void load_in_pieces(World& world, Json document, std::mt19937_64& random) {
    std::vector<std::pair<std::string, std::vector<Json>>> later;
    for (Json& dataset : document["datasets"]) {
        std::vector<Json> rows = dataset["_local"]["rows"];
        std::ranges::shuffle(rows, random);
        const auto first = rows.begin() + static_cast<std::ptrdiff_t>(rows.empty() ? 0 : random() % rows.size());
        later.emplace_back(dataset["datasetArn"], std::vector<Json>(first, rows.end()));
        rows.erase(first, rows.end());
        dataset["_local"]["rows"] = rows;
    }
    world.load(document);
    std::ranges::shuffle(later, random);
    for (const auto& [dataset, rows] : later) {
        const std::size_t half = rows.size() / 2;
        for (const auto& [from, to] : {std::pair{half, rows.size()}, std::pair<std::size_t, std::size_t>{0, half}}) {
            const std::string body = Json{{"rows", std::vector<Json>(rows.begin() + static_cast<std::ptrdiff_t>(from),
                                                                     rows.begin() + static_cast<std::ptrdiff_t>(to))}}
                                         .dump();
            const std::string target = "/_local/data?dataset=" + dataset;
            ASSERT_EQ(world.send({.method = "POST", .target = target, .headers = {}, .body = body}).status, 200);
        }
    }
    for (const Json& version : document["solutionVersions"]) train(world, version["solutionVersionArn"]);
    for (const Json& recommender : document["recommenders"]) train(world, recommender["recommenderArn"]);
}

TEST(RandomArrivals, OfTheSameRowsGiveTheSameAnswers) {
    for (std::uint64_t seed = 1; seed <= 6 && !testing::Test::HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        const Json document = document_of(RandomShop(seed));
        World at_once;
        at_once.load(document);
        const std::vector<std::string> expected = answers_of(at_once, seed);
        std::mt19937_64 random(seed);
        for (int i = 0; i < 2; ++i) {
            World in_pieces;
            load_in_pieces(in_pieces, document, random);
            EXPECT_EQ(answers_of(in_pieces, seed), expected);
        }
    }
}

}  // namespace
}  // namespace plocal::runtime
