#include <vector>

#include "tests/unit/service/events/movie_events.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::events {
namespace {

class PutRows : public PutRequests {};

// Fidelity: documented | A record replaces the one of the same id whole |
//   https://docs.aws.amazon.com/personalize/latest/dg/importing-items.html
TEST_F(PutRows, ReplaceWholeRows) {
    const Json first = {{"itemId", "a"}, {"properties", R"({"genres":"Horror|Action","creationTimestamp":1})"}};
    const Json second = {{"itemId", "a"}, {"properties", R"({"creationTimestamp":"2","numRatings":"13"})"}};
    EXPECT_EQ(put_items(first).text, "");
    EXPECT_EQ(rows("ITEMS"), "{\"ITEM_ID\":\"a\",\"GENRES\":\"Horror|Action\",\"CREATION_TIMESTAMP\":1}\n");
    EXPECT_EQ(outcome(put_items(second)), "200");
    EXPECT_EQ(rows("ITEMS"), "{\"ITEM_ID\":\"a\",\"CREATION_TIMESTAMP\":2,\"NUM_RATINGS\":13}\n");
}

TEST_F(PutRows, AreNotKeptForEverOnceTheyAreReplaced) {
    for (int i = 1; i <= 40; ++i) {
        const Json item = {{"itemId", "a"}, {"properties", "{\"creationTimestamp\":" + std::to_string(i) + "}"}};
        ASSERT_EQ(outcome(put_items(item)), "200");
    }
    const auto set = world_->store().row_sets().find(dataset_arn("ITEMS"));
    EXPECT_EQ(world_->store().batches().list(*set).size(), storage::ReplacedRows::kept_for_exports);
    EXPECT_EQ(rows("ITEMS"), "{\"ITEM_ID\":\"a\",\"CREATION_TIMESTAMP\":40}\n");
}

TEST_F(PutRows, AreUsersAndActionsToo) {
    const Json users = {{{"userId", "u"}, {"properties", R"({"age":7})"}}, {{"userId", "v"}}};
    EXPECT_EQ(outcome(put("/users", {{"datasetArn", dataset_arn("USERS")}, {"users", users}})), "200");
    EXPECT_EQ(rows("USERS"), "{\"USER_ID\":\"u\",\"AGE\":7}\n{\"USER_ID\":\"v\"}\n");
    const Json actions = {{{"actionId", "x"}, {"properties", R"({"Value":3})"}}};
    EXPECT_EQ(outcome(put("/actions", {{"datasetArn", dataset_arn("ACTIONS")}, {"actions", actions}})), "200");
    EXPECT_EQ(rows("ACTIONS"), "{\"ACTION_ID\":\"x\",\"VALUE\":3}\n");
}

TEST_F(PutRows, HaveTheIdOfTheRecordAndNotOfItsProperties) {
    const Json item = {{"itemId", "a"}, {"properties", R"({"itemId":"b","creationTimestamp":1})"}};
    EXPECT_EQ(outcome(put_items(item)), "200");
    EXPECT_EQ(rows("ITEMS"), "{\"ITEM_ID\":\"a\",\"CREATION_TIMESTAMP\":1}\n");
}

TEST_F(PutRows, MayHaveKeysThatEventsMustNotHave) {
    const Json item = {{"itemId", "a"}, {"properties", R"({"timestamp":5,"creationTimestamp":1})"}};
    EXPECT_EQ(outcome(put_items(item)), "200");
    EXPECT_EQ(newest(), "stored keys of properties that the schema does not have are ignored: timestamp");
}

struct BadRowCase {
    const char* name;
    const char* properties;
    const char* message;
};

const std::vector<BadRowCase> bad_rows = {
    {"no JSON", "{", "Error parsing properties json"},
    {"encoded twice", R"("{}")", "Error parsing properties json"},
    {"a column is missing", "{}", "CREATION_TIMESTAMP at items.2.member must not be null."},
    {"a list", R"({"creationTimestamp":1,"genres":["a"]})",
     R"(The value of GENRES at items.2.member is invalid: expected string or null, found ["a"])"},
    {"a text", R"({"creationTimestamp":"today"})",
     R"(The value of CREATION_TIMESTAMP at items.2.member is invalid: expected long, found "today")"},
};

TEST_F(PutRows, OfARequestAreStoredAllOrNone) {
    const Json good = {{"itemId", "a"}, {"properties", R"({"creationTimestamp":1})"}};
    for (const BadRowCase& one : bad_rows) {
        const Answer answer = put_items({good, {{"itemId", "b"}, {"properties", one.properties}}});
        EXPECT_EQ(outcome(answer), std::string("InvalidInputException: ") + one.message) << one.name;
        EXPECT_EQ(rows("ITEMS"), "") << one.name;
    }
}

TEST_F(PutRows, OutliveARestart) {
    storage::TemporaryFolder folder;
    begin(folder.file("world.db"));
    put_items({{"itemId", "a"}, {"properties", R"({"creationTimestamp":1})"}});
    put_event({{"eventId", "e"}});
    world_.reset();
    world_ = std::make_unique<World>(resources::ServiceSettings(), folder.file("world.db"));
    EXPECT_EQ(rows("ITEMS"), "{\"ITEM_ID\":\"a\",\"CREATION_TIMESTAMP\":1}\n");
    const std::string before = rows("INTERACTIONS");
    EXPECT_NE(before, "");
    EXPECT_EQ(put_event({{"eventId", "e"}, {"itemId", "b"}}).status, 200);
    EXPECT_EQ(rows("INTERACTIONS"), before) << "the event id is known";
    world_.reset();
}

}  // namespace
}  // namespace plocal::events
