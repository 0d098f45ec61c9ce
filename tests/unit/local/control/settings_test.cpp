// The settings of tenants over /_local/: what is in force, what is set, and how it is written back.
#include <string>

#include <gtest/gtest.h>

#include "tests/unit/local/control/asking.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::control {
namespace {

using base::Json;
using support::Answer;
using support::World;

const std::string of_alice = "?account=" + std::string(alice);

const Json plan_of_the_start = {
    {"progression", "time"}, {"pending", "1s"}, {"inProgress", "2s"}, {"calls", 2}, {"outcome", "ACTIVE"}};

const Json data_of_the_start = {{"events", "0s"}, {"rows", "0s"}};

Json plan_with(const Json& changes) {
    Json plan = plan_of_the_start;
    plan.update(changes);
    return plan;
}

TEST(LifecycleInForce, IsThatOfTheFlagsAtFirst) {
    resources::ServiceSettings settings;
    settings.plan.pending = base::DurationRange(std::chrono::minutes(1), std::chrono::minutes(5));
    settings.plan.progression = lifecycle::Progression::calls;
    World world(settings);
    const Json expected = {{"default", plan_with({{"progression", "calls"}, {"pending", "1m..5m"}})},
                           {"data", data_of_the_start},
                           {"set", Json::object()}};
    EXPECT_EQ(get(world, "/_local/lifecycle"), expected);
    EXPECT_EQ(get(world, "/_local/lifecycle" + of_alice), expected);
}

TEST(LifecycleInForce, HasTheChangedKinds) {
    World world;
    const Json common = {{"default", {{"pending", "9s"}}}, {"campaign", {{"inProgress", "7s"}, {"calls", 5}}}};
    const Json own = {{"default", {{"calls", 8}}}, {"filter", {{"outcome", "CREATE FAILED"}, {"failureReason", "No"}}}};
    EXPECT_EQ(asked(world, "PUT", "/_local/lifecycle", common).body,
              (Json{{"default", plan_with({{"pending", "9s"}})},
                    {"data", data_of_the_start},
                    {"campaign", plan_with({{"pending", "9s"}, {"inProgress", "7s"}, {"calls", 5}})},
                    {"set", common}}));
    EXPECT_EQ(
        asked(world, "PUT", "/_local/lifecycle" + of_alice, own).body,
        (Json{{"default", plan_with({{"pending", "9s"}, {"calls", 8}})},
              {"data", data_of_the_start},
              {"campaign", plan_with({{"pending", "9s"}, {"inProgress", "7s"}, {"calls", 8}})},
              {"filter",
               plan_with({{"pending", "9s"}, {"calls", 8}, {"outcome", "CREATE FAILED"}, {"failureReason", "No"}})},
              {"set", own}}));
    EXPECT_EQ(get(world, "/_local/lifecycle")["set"], common);
}

TEST(LifecycleInForce, HasTheDelaysOfData) {
    const storage::TemporaryFolder folder;
    const Json common = {{"data", {{"events", "120s"}, {"rows", "20m"}}}};
    {
        World world(resources::ServiceSettings(), folder.file("world.db"));
        const Json answer = asked(world, "PUT", "/_local/lifecycle", common).body;
        EXPECT_EQ(answer["data"], (Json{{"events", "2m"}, {"rows", "20m"}}));
        asked(world, "PUT", "/_local/lifecycle" + of_alice, {{"data", {{"events", "0s"}}}});
    }
    World world(resources::ServiceSettings(), folder.file("world.db"));
    EXPECT_EQ(get(world, "/_local/lifecycle")["data"], (Json{{"events", "2m"}, {"rows", "20m"}}));
    EXPECT_EQ(get(world, "/_local/lifecycle" + of_alice)["data"], (Json{{"events", "0s"}, {"rows", "20m"}}));
    EXPECT_EQ(get(world, "/_local/lifecycle" + of_alice)["set"], (Json{{"data", {{"events", "0s"}}}}));
    EXPECT_EQ(get(world, "/_local/state")["lifecycle"], (Json{{"data", {{"events", "2m"}, {"rows", "20m"}}}}));
}

TEST(LifecycleInForce, RefusesBadDelaysOfData) {
    const struct {
        Json data;
        const char* pointer;
    } cases[] = {{"2s", "/data"},
                 {{{"events", 2}}, "/data/events"},
                 {{{"events", "soon"}}, "/data/events"},
                 {{{"rows", "1s..2s"}}, "/data/rows"},
                 {{{"rows", nullptr}}, "/data/rows"},
                 {{{"users", "1s"}}, "/data/users"}};
    World world;
    for (const auto& each : cases) {
        const Answer answer = asked(world, "PUT", "/_local/lifecycle", {{"data", each.data}});
        EXPECT_EQ(answer.status, 400) << each.data;
        EXPECT_EQ(answer.body.value("pointer", ""), each.pointer) << each.data;
    }
    EXPECT_EQ(get(world, "/_local/lifecycle")["data"], data_of_the_start);
}

TEST(QuotasInForce, HaveEveryLimitAndWhatIsSet) {
    World world;
    const Json change = {{"mode", "aws"}, {"limits", {{"campaigns", 2}}}};
    asked(world, "PUT", "/_local/quotas", change);
    const Json own = asked(world, "PUT", "/_local/quotas" + of_alice, {{"limits", {{"filters", 1}}}}).body;
    EXPECT_EQ(own["mode"], "aws");
    EXPECT_EQ(own["limits"]["campaigns"], 2);
    EXPECT_EQ(own["limits"]["filters"], 1);
    EXPECT_EQ(own["limits"].size(), resources::quota_table().size());
    EXPECT_EQ(own["set"], (Json{{"limits", {{"filters", 1}}}}));
    EXPECT_EQ(get(world, "/_local/quotas")["set"], change);
}

TEST(SettingInForce, IsWrittenBackWithoutAnyChange) {
    const struct {
        const char* target;
        Json change;
    } cases[] = {{"/_local/lifecycle", {{"default", {{"pending", "9s"}}}, {"campaign", {{"calls", 5}}}}},
                 {"/_local/quotas", {{"mode", "aws"}, {"limits", {{"campaigns", 2}}}}}};
    for (const auto& each : cases) {
        for (const std::string& account : {std::string(), of_alice}) {
            const std::string target = each.target + account;
            World world;
            const std::string at_first = asked(world, "GET", "/_local/state").text;
            EXPECT_EQ(asked(world, "PUT", target, get(world, target)).body["set"], Json::object()) << target;
            EXPECT_EQ(asked(world, "GET", "/_local/state").text, at_first) << target;
            const Json changed = asked(world, "PUT", target, each.change).body;
            EXPECT_EQ(asked(world, "PUT", target, changed).body, changed) << target;
            EXPECT_EQ(get(world, target), changed) << target;
        }
    }
}

TEST(SettingInForce, IsReadFromWhatIsSetAlone) {
    World world;
    asked(world, "PUT", "/_local/lifecycle", {{"default", {{"calls", 7}}}, {"set", Json::object()}});
    EXPECT_EQ(get(world, "/_local/lifecycle")["default"]["calls"], 2);
    const Answer bad = asked(world, "PUT", "/_local/quotas", {{"set", {{"limits", {{"campaigns", -1}}}}}});
    EXPECT_EQ(bad.status, 400);
    EXPECT_EQ(bad.body["pointer"], "/set/limits/campaigns");
    EXPECT_EQ(asked(world, "PUT", "/_local/lifecycle", {{"set", 3}}).body["pointer"], "/set");
}

TEST(SettingInForce, IsInADocumentAsItWasSet) {
    World world;
    const Json set = {{"default", {{"pending", "9s"}}}};
    asked(world, "PUT", "/_local/lifecycle", set);
    const Json state = get(world, "/_local/state");
    EXPECT_EQ(state["lifecycle"], set);
    EXPECT_FALSE(state.contains("quotas"));
}

}  // namespace
}  // namespace plocal::control
