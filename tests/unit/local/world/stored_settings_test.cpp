// Stored settings of tenants: what a world does with those that it can read, and with those that it cannot.
#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/base/iso8601.h"
#include "server/local/world/setting_table.h"
#include "server/local/world/world.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::world {
namespace {

using base::Json;
using storage::Store;
using storage::TemporaryFolder;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* alice = "111111111111";

WorldConfig frozen() {
    return {.clock = lifecycle::Clock::frozen(*base::parse_iso8601("2026-01-31T12:00:00Z")), .is_clock_given = true};
}

WorldConfig with_document(const Json& document) {
    WorldConfig config = frozen();
    config.documents.push_back({"fixtures.json", document.dump()});
    return config;
}

/// Every setting, for everybody and for one account.
const Json every_setting = {{"clock", {{"mode", "frozen"}, {"now", "2026-03-01T00:00:00Z"}, {"speed", 2.0}}},
                            {"lifecycle", {{"default", {{"pending", "7s"}}}, {"campaign", {{"calls", 3}}}}},
                            {"quotas", {{"mode", "aws"}, {"limits", {{"campaigns", 1}}}}},
                            {"rules", {{{"id", "slow"}, {"delay", "1s"}}}}};

struct Damage {
    const char* setting;
    const char* account;
    const char* value;
    const char* place;  // in the note
};

void store_damaged(const std::string& file, const Damage& damage) {
    Store store(file);
    World world(store, with_document({{"accounts", {{alice, every_setting}}}}));
    store.settings().put({damage.account, damage.setting, damage.value});
}

TEST(StoredSettings, AreAllResumed) {
    const TemporaryFolder folder;
    Json before;
    {
        Store store(folder.file("world.db"));
        Json document = every_setting;
        document["accounts"] = {{alice, every_setting}};
        WorldConfig config = with_document(document);
        config.is_clock_given = false;
        World world(store, std::move(config));
        before = settings_json(world.tenants(), "");
        for (const std::string& name : known_settings().names) {
            EXPECT_TRUE(before["accounts"][alice].contains(name)) << name;
        }
    }
    Store store(folder.file("world.db"));
    World world(store, {});
    EXPECT_EQ(settings_json(world.tenants(), ""), before);
    EXPECT_THAT(world.take_notes(), IsEmpty());
}

TEST(StoredSettings, ThatCannotBeReadAreIgnoredWholeAndNoted) {
    const Damage cases[] = {
        {"clock", alice, R"({"mode":"frozen","now":"soon","speed":1,"at":"2026-01-01T00:00:00Z"})", "at /now"},
        {"clock", alice, R"({"mode":"frozen","now":"2026-01-01T00:00:00Z","speed":1})", "mode, now, speed and at"},
        {"lifecycle", alice, R"({"campaign":{"calls":3},"default":{"pending":"soon"}})", "at /default/pending"},
        {"lifecycle", alice, "{", "expected JSON"},
        {"quotas", alice, R"({"mode":"aws","limits":{"campaigns":-1}})", "at /limits/campaigns"},
        {"rules", alice, R"([{"id":"a","delay":"1s"},{"id":"b"}])", "at /1"},
        {"rules", alice, R"([{"id":"a","delay":"1s"},{"id":"a","delay":"1s"}])", "at /1/id"},
        {"rules", alice, "17", "a list of rules"},
    };
    for (const Damage& damage : cases) {
        SCOPED_TRACE(std::string(damage.setting) + " " + damage.value);
        const TemporaryFolder folder;
        store_damaged(folder.file("world.db"), damage);
        Store store(folder.file("world.db"));
        World world(store, frozen());
        EXPECT_THAT(
            world.take_notes(),
            ElementsAre(AllOf(HasSubstr("the stored " + std::string(damage.setting) + " of account " + alice),
                              HasSubstr(damage.place), HasSubstr("it is ignored, and the common setting applies"),
                              HasSubstr("?account=111111111111 replaces it"))));
        const Json left = settings_json(world.tenants(), alice);
        for (const std::string& name : known_settings().names) {
            EXPECT_EQ(left.contains(name), name != damage.setting) << name << ": " << left;
        }
        EXPECT_EQ(store.settings().find(alice, damage.setting), damage.value) << "it stays until it is replaced";
    }
}

TEST(StoredSettings, ThatCannotBeReadGiveWayToThoseOfTheDocuments) {
    const TemporaryFolder folder;
    store_damaged(folder.file("world.db"), {"lifecycle", alice, "{", ""});
    Store store(folder.file("world.db"));
    World world(store, with_document({{"accounts", {{alice, {{"lifecycle", {{"default", {{"calls", 9}}}}}}}}}}));
    EXPECT_EQ(world.tenants().plans.plan_for(alice, "campaign").calls, 9);
    EXPECT_EQ(store.settings().find(alice, "lifecycle"), R"({"default":{"calls":9}})");
}

TEST(StoredSettings, OfEverybodyThatCannotBeReadLeaveThoseOfTheStart) {
    const TemporaryFolder folder;
    store_damaged(folder.file("world.db"), {"quotas", "", R"({"mode":"on"})", ""});
    Store store(folder.file("world.db"));
    WorldConfig config = frozen();
    config.settings.are_quotas_enforced = true;
    World world(store, std::move(config));
    EXPECT_THAT(world.take_notes(),
                ElementsAre(AllOf(HasSubstr("the stored common quotas cannot be read: at /mode: expected off or aws"),
                                  HasSubstr("the settings of the start apply; PUT /_local/quotas replaces it"))));
    EXPECT_EQ(world.tenants().quotas.all_of("").are_enforced, true);
}

}  // namespace
}  // namespace plocal::world
