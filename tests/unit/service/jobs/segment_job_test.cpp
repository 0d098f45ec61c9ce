#include "server/service/jobs/segment_job.h"

#include <string>
#include <string_view>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/service/jobs/batch_world.h"

namespace plocal::jobs {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* of_items = "item-affinity";
constexpr const char* of_attributes = "item-attribute-affinity";

Json segment_document() {
    Json document = films_for({of_items, of_attributes});
    runtime::add_filter(document, "members", "INCLUDE UserID WHERE Users.MEMBERSHIP IN ($MEMBERSHIP)");
    runtime::add_filter(document, "buyers", "EXCLUDE UserID WHERE Interactions.EVENT_TYPE IN (\"purchase\")");
    runtime::add_filter(document, "of-age", "INCLUDE UserID WHERE Users.AGE >= 18");
    return document;
}

Json by_filter(const char* name) {
    return {{"filterArn", arn("filter/" + std::string(name))}};
}

/// A line that asks for attributes.
std::string having(const std::string& attributes) {
    return Json({{"itemAttributes", attributes}}).dump();
}

class SegmentJob : public testing::Test {
protected:
    /// The users of a segment: "ann bob".
    std::string users(const char* solution, const std::string& line, const Json& more = Json::object()) {
        const std::string output = films.segment(solution, line, more);
        const Json parsed = Json::parse(output, nullptr, false);
        if (!parsed.is_object() || !parsed.contains("output")) return output;
        std::string text;
        for (const Json& user : parsed["output"]["usersList"])
            text += (text.empty() ? "" : " ") + user.get<std::string>();
        return text;
    }

    BatchWorld films{segment_document()};
};

// Fidelity: seen | A line of a segment has blanks behind colons and commas but for the list of users, which is called
//   usersList and not recommendedUsers, and keeps the order of the input | aws-samples/amazon-personalize-samples,
//   update-item-dataset-schema-example.ipynb
// Fidelity: documented | A line for item affinity names an item | DG/creating-batch-seg-job.html
TEST_F(SegmentJob, WritesUsersInTheFormOfTheService) {
    EXPECT_EQ(films.segment(of_items, "{\"itemId\":\"d\",\"x\":[1,{}]}\n{\"itemId\":\"c\"}\n", {{"numResults", 2}}),
              R"({"input": {"itemId": "d", "x": [1, {}]}, "output": {"usersList": ["eve","ann"]}, "error": null})"
              "\n"
              R"({"input": {"itemId": "c"}, "output": {"usersList": ["ann","cid"]}, "error": null})"
              "\n");
}

TEST_F(SegmentJob, HasUsersByDescendingAffinityAndEqualOnesById) {
    EXPECT_EQ(users(of_items, R"({"itemId":"b"})"), "ann bob dan cid eve");
    EXPECT_EQ(users(of_items, R"({"itemId":"e"})"), "ann bob cid dan eve");
}

// Fidelity: documented | A line for item attribute affinity has attributes of items | DG/creating-batch-seg-job.html
TEST_F(SegmentJob, FindsTheUsersOfItemsWithAllAttributes) {
    EXPECT_EQ(users(of_attributes, having(R"(ITEMS.GENRES = "Drama")")), "ann bob dan cid eve");
    EXPECT_EQ(users(of_attributes, having(R"(ITEMS.genres = "Drama" AND ITEMS.GENRES = "Music")"), {{"numResults", 3}}),
              "ann bob dan");
    EXPECT_EQ(users(of_attributes, having(R"(ITEMS.YEAR = "1941")"), {{"numResults", 2}}), "ann cid");
}

TEST_F(SegmentJob, ReportsWhatIsUnknown) {
    const struct {
        const char* solution;
        std::string line;
        const char* error;
    } cases[] = {
        {of_items, R"({"itemId":"zz"})", "The given solution version does not know the item zz."},
        {of_items, R"({"userId":"ann"})", "The given solution version requires itemId."},
        {of_attributes, R"({"itemId":"a"})", "The given solution version requires itemAttributes."},
        {of_attributes, having(R"(ITEMS.COLOUR = "red")"), "The Items dataset has no field COLOUR."},
        {of_attributes, having(R"(ITEMS.GENRES = "Western")"), "No item has the attributes ITEMS.GENRES = "},
        {of_attributes, having("GENRES"), "Invalid input symbol: GENRES."},
        {of_items, "[]", "The line is not a JSON object."},
    };
    for (const auto& each : cases) {
        const std::string output = films.segment(each.solution, each.line);
        EXPECT_THAT(output, HasSubstr(", \"error\": \"" + std::string(each.error))) << each.line;
        EXPECT_THAT(output, StartsWith("{\"input\": ")) << each.line;
        EXPECT_THAT(output, Not(HasSubstr("output"))) << each.line;
        EXPECT_EQ(films.work()["errors"], 1) << each.line;
    }
}

// Fidelity: documented | Filters of users read their rows, and whether they have events of a type |
//   DG/filter-expressions.html
TEST_F(SegmentJob, FiltersUsersByTheirRowsAndInteractions) {
    EXPECT_EQ(
        users(of_items, R"({"itemId":"a","filterValues":{"MEMBERSHIP":"\"gold\",\"none\""}})", by_filter("members")),
        "ann bob");
    EXPECT_EQ(users(of_items, R"({"itemId":"a","filterValues":{"MEMBERSHIP":"\"none\""}})", by_filter("members")),
              "bob");
    EXPECT_EQ(users(of_items, R"({"itemId":"a"})", by_filter("buyers")), "bob dan cid eve");
    EXPECT_EQ(users(of_attributes, having(R"(ITEMS.GENRES = "Drama")"), by_filter("of-age")), "ann");
}

TEST_F(SegmentJob, MakesUsersUpWhereTheGroupHasNoRows) {
    Json document = segment_document();
    document.erase("datasets");
    BatchWorld empty(document);
    const Json first = Json::parse(empty.segment(of_items, R"({"itemId":"a"})"))["output"]["usersList"];
    EXPECT_EQ(first.size(), 25u);
    EXPECT_THAT(first[0].get<std::string>(), StartsWith("user-"));
    EXPECT_EQ(empty.work()["detail"], "made up: the dataset group has no rows");
    EXPECT_EQ(Json::parse(empty.segment(of_items, R"({"itemId":"a"})"))["output"]["usersList"], first);
    EXPECT_NE(Json::parse(empty.segment(of_items, R"({"itemId":"b"})"))["output"]["usersList"], first);
    EXPECT_THAT(empty.segment(of_items, R"({"itemId":"a"})", by_filter("of-age")), HasSubstr(R"("usersList": [])"));
    EXPECT_THAT(empty.segment(of_items, R"({"itemId":"a"})", by_filter("buyers")),
                HasSubstr(R"("usersList": ["user-)"));
}

TEST_F(SegmentJob, KnowsTheRowsOfItsTraining) {
    EXPECT_EQ(users(of_items, R"({"itemId":"e"})", {{"numResults", 1}}), "ann");
    const support::Answer put =
        films.ask("/_local/data?dataset=" + arn("dataset/films/INTERACTIONS"), {{"rows", {runtime::seen("zoe", "e")}}});
    ASSERT_EQ(put.status, 200) << put.body;
    EXPECT_EQ(users(of_items, R"({"itemId":"e"})", {{"numResults", 1}}), "ann");
    const support::Answer trained = films.ask("/_local/train", {{"arn", arn("solution/item-affinity/1")}});
    EXPECT_EQ(trained.body["interactions"], 11) << trained.body;
    EXPECT_EQ(trained.body["users"], 6) << trained.body;
    EXPECT_EQ(trained.body["items"], 5) << trained.body;
    EXPECT_EQ(users(of_items, R"({"itemId":"e"})", {{"numResults", 1}}), "zoe");
}

TEST_F(SegmentJob, HasAsManyUsersAsAreAskedFor) {
    const std::string long_id(100, 'u');
    Json document = segment_document();
    Json views = Json::array();
    for (int i = 1000; i < 3000; ++i) views.push_back(runtime::seen(long_id + std::to_string(i), "a"));
    document["datasets"][2] = runtime::dataset("INTERACTIONS", "interactions", views);
    BatchWorld many(document);
    EXPECT_EQ(Json::parse(many.segment(of_items, R"({"itemId":"a"})"))["output"]["usersList"].size(), 25u);
    const Json all = Json::parse(many.segment(of_items, R"({"itemId":"a"})", {{"numResults", 5'000'000}}));
    ASSERT_EQ(all["output"]["usersList"].size(), 2000u);
    EXPECT_EQ(all["output"]["usersList"][0], long_id + "1000");
    EXPECT_EQ(all["output"]["usersList"][1999], long_id + "2999");
}

}  // namespace
}  // namespace plocal::jobs
