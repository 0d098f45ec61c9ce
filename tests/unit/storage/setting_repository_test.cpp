#include "storage/setting_repository.h"

#include <gtest/gtest.h>

#include "storage/store.h"

namespace plocal::storage {
namespace {

class SettingsOfTwoAccounts : public testing::Test {
protected:
    SettingsOfTwoAccounts() {
        settings().put({"", "clock", "common"});
        settings().put({"222222222222", "clock", "second's"});
        settings().put({"111111111111", "clock", "first's"});
        settings().put({"111111111111", "rules", "[]"});
    }
    SettingRepository& settings() { return store_.settings(); }

    Store store_{":memory:"};
};

TEST_F(SettingsOfTwoAccounts, AreFoundByAccountAndName) {
    EXPECT_EQ(settings().find("111111111111", "clock"), "first's");
    EXPECT_EQ(settings().find("", "clock"), "common");
    EXPECT_EQ(settings().find("222222222222", "rules"), std::nullopt);
}

TEST_F(SettingsOfTwoAccounts, KeepTheLastValue) {
    settings().put({"", "clock", "another"});
    EXPECT_EQ(settings().find("", "clock"), "another");
}

TEST_F(SettingsOfTwoAccounts, AreListedByNameInOrderOfAccount) {
    const std::vector<Setting> expected = {
        {"", "clock", "common"}, {"111111111111", "clock", "first's"}, {"222222222222", "clock", "second's"}};
    EXPECT_EQ(settings().list("clock"), expected);
}

TEST_F(SettingsOfTwoAccounts, AreRemovedSinglyByAccountOrAllTogether) {
    settings().remove("111111111111", "rules");
    EXPECT_EQ(settings().find("111111111111", "rules"), std::nullopt);
    settings().clear("111111111111");
    EXPECT_EQ(settings().list("clock").size(), 2U);
    settings().clear();
    EXPECT_TRUE(settings().list("clock").empty());
}

}  // namespace
}  // namespace plocal::storage
