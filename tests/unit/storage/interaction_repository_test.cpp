#include "storage/interaction_repository.h"

#include <gmock/gmock.h>

#include "storage/schema.h"
#include "tests/unit/storage/dataset_rows.h"
#include "tests/unit/storage/query_plan.h"

namespace plocal::storage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

class Interactions : public DatasetRows {
protected:
    struct One {
        std::string user;
        std::string item;
        std::int64_t time_s;
    };

    std::int64_t append(RowOrigin origin, const std::vector<One>& rows, ImportMode mode = ImportMode::incremental) {
        return in_transaction([&] {
            const RowSet set = store_.row_sets().writable(owner("INTERACTIONS"));
            RowBatch& batch = store_.batches().begin(set, origin, at_ms(0), mode);
            for (const One& row : rows) {
                store_.interactions().add(batch, {.user_id = row.user, .item_id = row.item, .time_s = row.time_s});
            }
            return store_.batches().show(batch);
        });
    }

    RowView view() { return store_.row_sets().view(store_.row_sets().find(owner("INTERACTIONS").arn).value()); }

    /// A visitor that writes down user, item and time.
    InteractionRepository::Visit note() {
        noted_.clear();
        return [this](const InteractionRow& row, const InteractionPosition& position) {
            noted_.push_back(std::string(row.user_id) + " " + std::string(row.item_id) + " " +
                             std::to_string(row.time_s));
            last_ = position;
            return true;
        };
    }

    const std::vector<std::string>& all(const InteractionFilter& filter = {}) {
        store_.interactions().oldest_first(view(), filter, {}, 100, note());
        return noted_;
    }

    const std::vector<std::string>& newest(const InteractionFilter& filter) {
        store_.interactions().newest_first(view(), filter, {}, 100, note());
        return noted_;
    }

    std::vector<std::string> noted_;
    InteractionPosition last_;
};

TEST_F(Interactions, AreReadUserByUser) {
    append(RowOrigin::bulk, {{"v", "a", 1}, {"u", "b", 3}, {"w", "c", 2}});
    append(RowOrigin::event, {{"u", "a", 2}, {"v", "b", 1}, {"v", "c", 0}});
    EXPECT_EQ(store_.interactions().user_by_user(view(), {}, 3, note()), 3U);
    EXPECT_THAT(noted_, ElementsAre("u a 2", "u b 3", "v c 0"));
    EXPECT_EQ(store_.interactions().user_by_user(view(), {"v", last_}, 9, note()), 3U);
    EXPECT_THAT(noted_, ElementsAre("v a 1", "v b 1", "w c 2"));
}

TEST_F(Interactions, AreReadInOrderOfTimeAndThenOfArrival) {
    append(RowOrigin::bulk, {{"u", "c", 5}, {"u", "b", 3}, {"u", "a", 5}});
    append(RowOrigin::event, {{"v", "a", 5}, {"v", "a", -1}});
    EXPECT_THAT(all(), ElementsAre("v a -1", "u b 3", "u c 5", "u a 5", "v a 5"));
}

TEST_F(Interactions, AreFoundByUserAndByItem) {
    append(RowOrigin::bulk, {{"u", "a", 1}, {"v", "a", 2}, {"u", "b", 3}, {"u", "a", 4}});
    EXPECT_THAT(all({.user_id = "u", .item_id = {}}), ElementsAre("u a 1", "u b 3", "u a 4"));
    EXPECT_THAT(all({.user_id = {}, .item_id = "a"}), ElementsAre("u a 1", "v a 2", "u a 4"));
    EXPECT_THAT(all({.user_id = "u", .item_id = "a"}), ElementsAre("u a 1", "u a 4"));
    EXPECT_THAT(newest({.user_id = "u", .item_id = {}}), ElementsAre("u a 4", "u b 3", "u a 1"));
    EXPECT_THAT(newest({.user_id = {}, .item_id = "a"}), ElementsAre("u a 4", "v a 2", "u a 1"));
    EXPECT_THAT(newest({.user_id = "w", .item_id = {}}), IsEmpty());
}

TEST_F(Interactions, ThatAreNotSeenArePassedInShortSteps) {
    const std::int64_t before = append(RowOrigin::bulk, {{"u", "a", 1}, {"u", "b", 9}});
    append(RowOrigin::bulk, {{"u", "c", 2}, {"u", "d", 3}, {"u", "e", 4}, {"u", "f", 10}});
    const RowView old = store_.row_sets().view(*store_.row_sets().find(owner("INTERACTIONS").arn), before);
    std::vector<std::string> steps;
    std::optional<InteractionPosition> after;
    do {
        std::string items;
        after =
            store_.interactions().read_on(old, after, 2, [&items](const InteractionRow& row) { items += row.item_id; });
        steps.push_back(items);
    } while (after);
    EXPECT_THAT(steps, ElementsAre("a", "", "b", ""));
}

TEST_F(Interactions, MakeTheHistoryOfTheirUser) {
    append(RowOrigin::bulk, {{"u", "a", 1}, {"v", "a", 2}, {"u", "b", 3}});
    append(RowOrigin::event, {{"u", "c", 2}, {"w", "c", 2}});
    std::vector<std::string> seen;
    store_.interactions().history(view(), "u", [&seen](const InteractionRow& row) {
        seen.push_back(std::string(row.item_id) + (row.is_event ? " event" : ""));
    });
    EXPECT_THAT(seen, UnorderedElementsAre("a", "b", "c event"));
}

TEST_F(Interactions, AreReadPageByPageInBothDirections) {
    append(RowOrigin::bulk, {{"u", "a", 1}, {"u", "b", 1}, {"u", "c", 1}, {"u", "d", 2}});
    auto& interactions = store_.interactions();
    EXPECT_EQ(interactions.oldest_first(view(), {}, {}, 2, note()), 2U);
    EXPECT_EQ(interactions.oldest_first(view(), {}, last_, 3, note()), 2U);
    EXPECT_THAT(noted_, ElementsAre("u c 1", "u d 2"));
    EXPECT_EQ(interactions.newest_first(view(), {.user_id = "u", .item_id = {}}, {}, 3, note()), 3U);
    EXPECT_EQ(interactions.newest_first(view(), {.user_id = "u", .item_id = {}}, last_, 3, note()), 1U);
    EXPECT_THAT(noted_, ElementsAre("u a 1"));
}

TEST_F(Interactions, AreReadUntilTheVisitorStops) {
    append(RowOrigin::bulk, {{"u", "a", 1}, {"u", "b", 2}, {"u", "c", 3}});
    const auto stop_at_b = [](const InteractionRow& row, const InteractionPosition&) { return row.item_id != "b"; };
    EXPECT_EQ(store_.interactions().oldest_first(view(), {}, {}, 10, stop_at_b), 2U);
}

TEST_F(Interactions, ThatWereImportedMakeWayForAFullImportAndEventsDoNot) {
    append(RowOrigin::bulk, {{"u", "a", 1}});
    append(RowOrigin::event, {{"u", "b", 2}});
    append(RowOrigin::bulk, {{"u", "c", 3}});
    EXPECT_EQ(store_.visible_rows().counts()["INTERACTIONS"], 3);
    append(RowOrigin::bulk, {{"u", "d", 0}}, ImportMode::full);
    EXPECT_THAT(all(), ElementsAre("u d 0", "u b 2"));
    EXPECT_EQ(store_.visible_rows().counts()["INTERACTIONS"], 2);
}

TEST_F(Interactions, OfACopyFollowThoseOfItsOriginal) {
    append(RowOrigin::bulk, {{"u", "a", 5}, {"u", "b", 9}});
    in_transaction([&] {
        const RowSetOwner copy = owner("INTERACTIONS", "222222222222");
        const std::int64_t layer = store_.layers().add(copy.account, LayerUse::plain);
        store_.row_sets().add(copy, layer, store_.row_sets().find(owner("INTERACTIONS").arn));
        store_.switch_layers({layer}, {});
        const RowSet set = store_.row_sets().writable(copy);
        RowBatch& batch = store_.batches().begin(set, RowOrigin::event, at_ms(0));
        store_.interactions().add(batch, {.user_id = "u", .item_id = "c", .time_s = 5});
        store_.batches().show(batch);
        store_.interactions().newest_first(store_.row_sets().view(set), {.user_id = "u", .item_id = {}}, {}, 9, note());
        return 0;
    });
    EXPECT_THAT(noted_, ElementsAre("u b 9", "u c 5", "u a 5"));
    EXPECT_THAT(all(), ElementsAre("u a 5", "u b 9"));
}

TEST(InteractionQueries, WalkOneIndexEach) {
    sqlite::Database database(":memory:");
    migrate(database, migrations());
    InteractionRepository interactions(database);
    const RowView view{.levels = {{1, 1, false}}};
    const auto stop = [](const InteractionRow&, const InteractionPosition&) { return false; };
    for (const InteractionFilter& filter :
         {InteractionFilter{}, InteractionFilter{"u", "i"}, InteractionFilter{std::nullopt, "i"}}) {
        interactions.oldest_first(view, filter, {}, 1, stop);
        interactions.newest_first(view, filter, {}, 1, stop);
    }
    interactions.user_by_user(view, {}, 1, stop);
    interactions.history(view, "u", [](const InteractionRow&) {});
    interactions.read_on(view, {}, 1, [](const InteractionRow&) {});
    interactions.has_event(view, "e");
    std::map<std::string, int> walks;
    for (sqlite3_stmt* each = nullptr; (each = sqlite3_next_stmt(database.handle(), each)) != nullptr;) {
        const std::string sql = sqlite3_sql(each);
        if (sql.find("FROM interaction") == std::string::npos) continue;
        for (const auto& line : plan(database.handle(), sql)) ++walks[line.substr(0, line.find(')'))];
    }
    const std::string key = " (time_s,batch,place";
    const std::string all = "SEARCH i USING PRIMARY KEY (row_set=? AND";
    const std::string by_user = "SEARCH i USING INDEX interaction_by_user (row_set=? AND user_id=? AND";
    const std::string by_item = "SEARCH i USING INDEX interaction_by_item (row_set=? AND item_id=? AND";
    EXPECT_THAT(
        walks,
        testing::UnorderedElementsAre(
            testing::Pair(all + key, 3), testing::Pair(by_user + key, 2), testing::Pair(by_item + key, 2),
            testing::Pair("SEARCH i USING COVERING INDEX interaction_by_event (row_set=? AND event_id=?", 1),
            testing::Pair("SEARCH i USING COVERING INDEX interaction_by_user (row_set=? AND user_id=?", 1),
            testing::Pair("SEARCH i USING INDEX interaction_by_user (row_set=? AND (user_id,time_s,batch,place", 1),
            testing::Pair("SEARCH b USING INTEGER PRIMARY KEY (rowid=?", 10)));
}

TEST_F(Interactions, KeepAllTheirParts) {
    const InteractionRow whole{.user_id = "u",
                               .item_id = "a",
                               .event_type = "watch",
                               .event_value = 0.5,
                               .time_s = 1700000000,
                               .event_id = "e1",
                               .session_id = "s1",
                               .cells = R"({"DEVICE":"tv"})"};
    in_transaction([&] {
        RowBatch& batch =
            store_.batches().begin(store_.row_sets().writable(owner("INTERACTIONS")), RowOrigin::event, at_ms(0));
        store_.interactions().add(batch, whole);
        store_.interactions().add(batch, {.user_id = "u", .item_id = "a", .time_s = 1700000001});
        return store_.batches().show(batch);
    });
    int visits = 0;
    store_.interactions().oldest_first(view(), {}, {}, 9, [&](const InteractionRow& row, const InteractionPosition&) {
        const bool is_first = visits++ == 0;
        EXPECT_EQ(row.event_type, is_first ? whole.event_type : std::nullopt);
        EXPECT_EQ(row.event_value, is_first ? whole.event_value : std::nullopt);
        EXPECT_EQ(row.event_id, is_first ? whole.event_id : std::nullopt);
        EXPECT_EQ(row.session_id, is_first ? whole.session_id : std::nullopt);
        EXPECT_EQ(row.cells, is_first ? whole.cells : "");
        return true;
    });
    EXPECT_EQ(visits, 2);
    EXPECT_TRUE(store_.interactions().has_event(view(), "e1"));
    EXPECT_FALSE(store_.interactions().has_event(view(), "e2"));
}

}  // namespace
}  // namespace plocal::storage
