#include "storage/user_erasure.h"

#include <gmock/gmock.h>

#include "tests/unit/storage/dataset_rows.h"

namespace plocal::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

/// Users and what they have seen, in a layer of documents and in a set on top of it.
class ErasedUsers : public DatasetRows {
protected:
    void SetUp() override {
        const std::int64_t layer = in_transaction([&] {
            const std::int64_t added = store_.layers().add("111111111111", LayerUse::restorable);
            const RowSet users = store_.row_sets().add(users_, added, std::nullopt);
            add(users, RowOrigin::bulk, {{"ann", "{}"}, {"bob", "{}"}}, ImportMode::full);
            const RowSet views = store_.row_sets().add(views_, added, std::nullopt);
            add_views(views, RowOrigin::bulk, {"ann", "bob", "ann"});
            return added;
        });
        switch_layers({layer}, {});
    }

    void add_views(const RowSet& set, RowOrigin origin, std::initializer_list<const char*> users,
                   ImportMode mode = ImportMode::incremental) {
        RowBatch& batch = store_.batches().begin(set, origin, at_ms(0), mode);
        std::int64_t time_s = 0;
        for (const char* user : users) {
            store_.interactions().add(batch, {.user_id = user, .item_id = "a", .time_s = ++time_s});
        }
        store_.batches().show(batch);
    }

    /// The users of the interactions that are seen now, or at a revision, in order of time.
    std::vector<std::string> viewers(std::int64_t revision = std::numeric_limits<std::int64_t>::max()) {
        std::vector<std::string> users;
        const RowView view = store_.row_sets().view(*store_.row_sets().find(views_.arn), revision);
        store_.interactions().oldest_first(view, {}, std::nullopt, 100, [&](const auto& row, const auto&) {
            users.emplace_back(row.user_id);
            return true;
        });
        return users;
    }

    std::int64_t erase(const RowSetOwner& from, std::string_view user) {
        return in_transaction([&] {
            std::int64_t count = 0;
            RowSet set = store_.row_sets().find(from.arn).value();
            if (store_.erasure().has_shared(set, user)) {
                set = store_.row_sets().separate(from);
                const auto copy = store_.copy_base(set.id);
                while (copy->step(1)) continue;
            }
            for (bool has_more = true; has_more;) {
                const Erased erased = store_.erasure().erase(store_.row_sets().get(set.id), user, 1);
                count += erased.rows;
                has_more = erased.has_more;
            }
            return count;
        });
    }

    const RowSetOwner users_ = owner("USERS");
    const RowSetOwner views_ = owner("INTERACTIONS");
};

TEST_F(ErasedUsers, AreGoneFromWhatIsSeenAndWhatIsHidden) {
    in_transaction([&] {
        add_views(store_.row_sets().writable(views_), RowOrigin::event, {"ann", "bob"});
        add_views(store_.row_sets().writable(views_), RowOrigin::bulk, {"ann"}, ImportMode::full);
        return 0;
    });
    const std::int64_t revision = store_.row_sets().revision(views_.dataset_group);
    EXPECT_EQ(erase(views_, "ann"), 2);
    EXPECT_THAT(viewers(), ElementsAre("bob"));
    EXPECT_THAT(viewers(revision - 1), ElementsAre("bob", "bob")) << "as a training knows them";
    EXPECT_EQ(store_.visible_rows().counts()["INTERACTIONS"], 1);
    EXPECT_EQ(erase(users_, "ann"), 1);
    EXPECT_EQ(erase(users_, "ann"), 0);
    EXPECT_EQ(store_.visible_rows().counts()["USERS"], 1);
}

TEST_F(ErasedUsers, AreBackWithTheLayerThatHasThem) {
    EXPECT_EQ(erase(views_, "ann"), 2);
    const RowSet shown = store_.row_sets().find(views_.arn).value();
    EXPECT_GT(shown.layer, 0);
    EXPECT_FALSE(shown.base);
    switch_layers({}, {shown.layer});
    EXPECT_THAT(viewers(), ElementsAre("ann", "bob", "ann"));
}

TEST_F(ErasedUsers, AreLeftToCopiesOfTheRows) {
    const RowSetOwner other = owner("INTERACTIONS", "222222222222");
    in_transaction([&] {
        add_views(store_.row_sets().writable(views_), RowOrigin::event, {"cid"});
        const RowSet shown = store_.row_sets().find(views_.arn).value();
        return store_.row_sets().add(other, store_.layers().of_changes("222222222222"), shown);
    });
    EXPECT_EQ(erase(views_, "ann"), 2);
    EXPECT_EQ(erase(views_, "cid"), 1);
    EXPECT_THAT(viewers(), ElementsAre("bob"));
    sweep_all();
    const RowSet copy = store_.row_sets().find(other.arn).value();
    std::size_t count = 0;
    store_.interactions().oldest_first(store_.row_sets().view(copy), {}, std::nullopt, 100,
                                       [&](const auto&, const auto&) {
                                           ++count;
                                           return true;
                                       });
    EXPECT_EQ(count, 4U);
}

TEST_F(ErasedUsers, TakePutRowsAndImportedOnesTogether) {
    in_transaction([&] {
        return add(store_.row_sets().writable(users_), RowOrigin::put, {{"ann", R"({"AGE":1})"}, {"cid", "{}"}});
    });
    EXPECT_EQ(erase(users_, "ann"), 1);
    EXPECT_EQ(erase(users_, "cid"), 1);
    const RowSet set = store_.row_sets().find(users_.arn).value();
    EXPECT_EQ(set.counts, (RowCounts{.bulk = 1, .put = 0, .both = 0}));
    EXPECT_THAT(seen(store_.row_sets().view(set)), ElementsAre(Pair("bob", "{}")));
}

TEST_F(ErasedUsers, NameTheSessionsThatWereTheirs) {
    in_transaction([&] {
        RowBatch& batch = store_.batches().begin(store_.row_sets().writable(views_), RowOrigin::event, at_ms(0));
        const auto add_event = [&](const char* user, const char* session, std::int64_t time_s) {
            store_.interactions().add(
                batch, {.user_id = user, .item_id = "a", .time_s = time_s, .event_id = {}, .session_id = session});
        };
        add_event("s1", "s1", 1);
        add_event("cid", "s1", 2);
        add_event("dan", "s2", 3);
        add_event("cid", "s2", 4);
        store_.batches().show(batch);
        return 0;
    });
    in_transaction([&] {
        const RowSet set = store_.row_sets().find(views_.arn).value();
        const Erased erased = store_.erasure().erase(set, "cid", 10);
        EXPECT_EQ(erased.rows, 2);
        EXPECT_THAT(erased.sessions, ElementsAre("s1")) << "s2 was dan's first";
        EXPECT_EQ(store_.erasure().erase_session(store_.row_sets().get(set.id), "s1", 10).rows, 1);
        EXPECT_EQ(store_.erasure().erase_session(store_.row_sets().get(set.id), "dan", 10).rows, 0);
        return 0;
    });
}

TEST_F(ErasedUsers, ChangeTheGenerationOfTheirSet) {
    erase(views_, "ann");
    const std::int64_t set = store_.row_sets().find(views_.arn)->id;
    const std::int64_t before = store_.erasure().generation(set);
    erase(views_, "nobody");
    EXPECT_EQ(store_.erasure().generation(set), before);
    erase(views_, "bob");
    EXPECT_EQ(store_.erasure().generation(set), before + 1);
}

}  // namespace
}  // namespace plocal::storage
