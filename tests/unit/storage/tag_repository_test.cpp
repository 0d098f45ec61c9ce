#include "storage/tag_repository.h"

#include <gmock/gmock.h>

#include "storage/store.h"

namespace plocal::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TEST(TagRepository, ListsInOrderOfKey) {
    Store store(":memory:");
    store.tags().put("arn:a", {{"b", "2"}, {"ä", "4"}, {"a", "3"}, {"B", "1"}});
    EXPECT_THAT(store.tags().list("arn:a"), ElementsAre(Tag{"B", "1"}, Tag{"a", "3"}, Tag{"b", "2"}, Tag{"ä", "4"}));
}

TEST(TagRepository, ReplacesTheValueOfAnExistingKey) {
    Store store(":memory:");
    store.tags().put("arn:a", {{"k", "old"}, {"other", "stays"}});
    store.tags().put("arn:a", {{"k", "newer"}, {"k", "newest"}});
    EXPECT_THAT(store.tags().list("arn:a"), ElementsAre(Tag{"k", "newest"}, Tag{"other", "stays"}));
}

TEST(TagRepository, SeparatesTheTagsOfDifferentArns) {
    Store store(":memory:");
    store.tags().put("arn:a", {{"k", ""}});
    EXPECT_THAT(store.tags().list("arn:b"), IsEmpty());
    EXPECT_THAT(store.tags().list("arn:a"), ElementsAre(Tag{"k", ""}));
}

TEST(TagRepository, ListsTheTagsOfManyArns) {
    Store store(":memory:");
    std::vector<std::string> arns;
    for (int i = 0; i < 40; ++i) arns.push_back("arn:" + std::to_string(i));
    store.tags().put("arn:0", {{"b", "2"}, {"a", "1"}});
    store.tags().put("arn:39", {{"k", "v"}});
    store.tags().put("arn:other", {{"k", "v"}});
    const std::vector<std::string_view> asked(arns.begin(), arns.end());
    EXPECT_THAT(store.tags().list_all(asked), ElementsAre(Pair("arn:0", ElementsAre(Tag{"a", "1"}, Tag{"b", "2"})),
                                                          Pair("arn:39", ElementsAre(Tag{"k", "v"}))));
}

TEST(TagRepository, RemovesAllTagsOfOneArn) {
    Store store(":memory:");
    store.tags().put("arn:a", {{"k", "v"}});
    store.tags().put("arn:b", {{"k", "v"}});
    store.tags().remove("arn:a");
    EXPECT_THAT(store.tags().list("arn:a"), IsEmpty());
    EXPECT_THAT(store.tags().list("arn:b"), ElementsAre(Tag{"k", "v"}));
}

}  // namespace
}  // namespace plocal::storage
