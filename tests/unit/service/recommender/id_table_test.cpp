#include "server/service/recommender/id_table.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace plocal::recommender {
namespace {

TEST(IdTable, IsInBytewiseOrderAndKnowsThePlaceOfEachNumber) {
    IdInterner interner;
    const std::vector<std::string> ids{"b", "\xC3\xA4", "a10", "B", "a9", "a"};
    for (std::uint32_t i = 0; i < ids.size(); ++i) EXPECT_EQ(interner.intern(ids[i]), i);
    EXPECT_EQ(interner.intern("a10"), 2U);
    std::vector<std::uint32_t> places;
    const IdTable table = interner.sorted(places);
    std::vector<std::string> sorted;
    for (std::size_t i = 0; i < table.size(); ++i) sorted.emplace_back(table[i]);
    EXPECT_EQ(sorted, (std::vector<std::string>{"B", "a", "a10", "a9", "b", "\xC3\xA4"}));
    for (std::size_t i = 0; i < ids.size(); ++i) EXPECT_EQ(table[places[i]], ids[i]);
}

TEST(IdTable, FindsItsIdsAlone) {
    IdInterner interner;
    for (int i = 0; i < 1'000; i += 2) interner.intern(std::to_string(i));
    std::vector<std::uint32_t> places;
    const IdTable table = interner.sorted(places);
    for (int i = 0; i < 1'000; ++i) {
        const auto found = table.find(std::to_string(i));
        ASSERT_EQ(found.has_value(), i % 2 == 0) << i;
        if (found) {
            EXPECT_EQ(table[*found], std::to_string(i));
        }
    }
    EXPECT_EQ(IdTable().find("0"), std::nullopt);
}

}  // namespace
}  // namespace plocal::recommender
