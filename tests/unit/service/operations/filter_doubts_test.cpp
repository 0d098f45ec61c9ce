#include "server/service/operations/filter_doubts.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/base/json.h"
#include "tests/support/world.h"

namespace plocal::operations {
namespace {

using base::Json;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* of_genres = R"(INCLUDE ItemID WHERE Items.GENRES IN ("Drama"))";
constexpr const char* of_events = R"(EXCLUDE ItemID WHERE Interactions.EVENT_TYPE IN ("watch"))";

Json schema_of(const std::string& column) {
    const Json id = {{"name", "ITEM_ID"}, {"type", "string"}};
    const Json field = {{"name", column}, {"type", Json::array({"null", "string"})}, {"categorical", true}};
    return {{"type", "record"},
            {"name", "Items"},
            {"namespace", "com.amazonaws.personalize.schema"},
            {"fields", Json::array({id, field})},
            {"version", "1.0"}};
}

/// The filters of one group, noted in any order with its datasets.
class FilterDoubtsTest : public testing::Test {
protected:
    void add_filter(const std::string& name, const std::string& expression) {
        note("filter", "filter/" + name, {{"datasetGroupArn", group_}, {"filterExpression", expression}});
    }

    void add_items(const std::string& column, const std::string& text = "") {
        const std::string schema = support::arn("schema/items");
        note("dataset", "dataset/club/ITEMS",
             {{"datasetGroupArn", group_}, {"datasetType", "Items"}, {"schemaArn", schema}});
        note("schema", "schema/items", {{"schema", text.empty() ? schema_of(column).dump() : text}});
    }

    std::vector<std::string> refused() const {
        std::vector<std::string> lines;
        for (const auto& [place, refusal] : doubts_.list()) lines.push_back(place + ": " + refusal);
        return lines;
    }

    void note(const std::string& kind, const std::string& id, const Json& document) {
        doubts_.note(kind, support::arn(id), document.dump(), "at " + id);
    }

    const std::string group_ = support::arn("dataset-group/club");
    FilterDoubts doubts_;
};

TEST_F(FilterDoubtsTest, AreAboutColumnsThatTheDatasetHasNot) {
    add_filter("genres", of_genres);
    add_items("STUDIO");
    ASSERT_EQ(refused().size(), 1U);
    EXPECT_THAT(refused().front(), testing::StartsWith("at filter/genres: "));
    EXPECT_THAT(refused().front(), testing::HasSubstr("GENRES"));
}

TEST_F(FilterDoubtsTest, AreAboutDatasetsThatTheGroupHasNot) {
    add_items("GENRES");
    add_filter("events", of_events);
    EXPECT_THAT(refused(), ElementsAre("at filter/events: Invalid Expression. The dataset group has no dataset of type "
                                       "INTERACTIONS: " +
                                       group_));
}

TEST_F(FilterDoubtsTest, AreNoneWhereTheColumnsFitOrAreUnknown) {
    add_filter("genres", of_genres);
    EXPECT_THAT(refused(), IsEmpty()) << "the group came without datasets";
    add_items("GENRES");
    EXPECT_THAT(refused(), IsEmpty());
}

TEST_F(FilterDoubtsTest, AreNoneAboutWhatIsInvalidByItself) {
    add_filter("broken", "INCLUDE ItemID");
    add_items("", "no schema");
    EXPECT_THAT(refused(), IsEmpty());
}

}  // namespace
}  // namespace plocal::operations
