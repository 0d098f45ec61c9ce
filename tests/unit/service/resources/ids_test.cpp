#include "server/service/resources/ids.h"

#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plocal::resources {
namespace {

using testing::MatchesRegex;

constexpr const char* campaign = "arn:aws:personalize:us-east-1:000000000000:campaign/films";
constexpr const char* recommender = "arn:aws:personalize:us-east-1:000000000000:recommender/films";

std::string last_of(const std::string& id) {
    return id.substr(id.size() - 6);
}

// Fidelity: seen | A recommendationId is RID-, the last 25 characters of a UUID, -CID- and six hexadecimal digits that
//   are constant for a campaign or recommender; 40 characters | aws-samples/amazon-personalize-immersion-day
TEST(RecommendationId, HasTheFormOfTheService) {
    const std::string hex = "[0-9a-f]";
    const std::string four = hex + hex + hex + hex;
    const std::string form = "RID-" + hex + hex + "-4" + hex + hex + hex + "-[89ab]" + hex + hex + hex + "-" + four +
                             four + four + "-CID-" + four + hex + hex;
    for (std::int64_t nth = 0; nth < 100; ++nth) {
        const std::string id = recommendation_id({.kind = "test", .ordinal = nth}, campaign);
        EXPECT_THAT(id, MatchesRegex(form));
        EXPECT_EQ(id.size(), 40u);
    }
}

TEST(RecommendationId, HasOneEndingForEachSource) {
    const std::string first = recommendation_id({.account = "111122223333", .kind = "test"}, campaign);
    const std::string second = recommendation_id({.account = "444455556666", .kind = "test", .ordinal = 7}, campaign);
    EXPECT_NE(first, second);
    EXPECT_EQ(last_of(first), last_of(second));
    EXPECT_NE(last_of(recommendation_id({.kind = "test"}, recommender)), last_of(first));
    EXPECT_NE(last_of(recommendation_id({.seed = 1, .kind = "test"}, campaign)), last_of(first));
}

TEST(RecommendationId, DependsOnItsKeyAlone) {
    std::set<std::string> ids;
    for (std::int64_t nth = 0; nth < 1000; ++nth) ids.insert(recommendation_id({.kind = "test", .ordinal = nth}, ""));
    EXPECT_EQ(ids.size(), 1000u);
    EXPECT_TRUE(ids.contains(recommendation_id({.kind = "test", .ordinal = 17}, "")));
}

}  // namespace
}  // namespace plocal::resources
