#include <gmock/gmock.h>

#include "server/service/data/delayed_view.h"
#include "server/service/data/row_batches.h"
#include "server/service/data/row_formats.h"
#include "server/service/data/row_import.h"
#include "server/service/data/row_pages.h"
#include "server/service/data/row_writer.h"
#include "tests/unit/service/data/schemas.h"

namespace plocal::data {
namespace {

using storage::ImportMode;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr base::Instant noon{std::chrono::hours(500000)};

class RowStore : public testing::Test {
protected:
    static Dataset dataset(Columns columns) {
        const std::string prefix = "arn:aws:personalize:us-east-1:111111111111:dataset";
        const std::string type = columns.dataset_type();
        return {{prefix + "/movies/" + type, prefix + "-group/movies", type, "111111111111"}, std::move(columns)};
    }

    template <typename Part>
    auto in_transaction(Part part) {
        storage::sqlite::Transaction transaction = store_.begin();
        const auto result = part();
        transaction.commit();
        return result;
    }

    Imported import(const Dataset& to, ImportMode mode, RowFormat format, std::string_view text) {
        base::TextPieces pieces(text, 10);
        const auto source = read_rows(format, pieces, to.columns);
        RowImport import(store_, to, mode, noon);
        while (import.step(*source)) continue;
        return in_transaction([&] { return import.finish(); });
    }

    std::int64_t put(const Dataset& to, std::string_view lines) {
        return in_transaction(
            [&] { return put_rows(store_, to, rows_of(RowFormat::json_lines, lines, to.columns), noon); });
    }

    /// A page as JSON Lines, and where the next begins.
    std::string page(const Dataset& of, const PageRequest& request = {}) {
        RowWriter writer(RowFormat::json_lines, of.columns);
        std::string text;
        next_ = read_page(store_, view_of(store_, of.owner), of.columns, request,
                          [&](const Row& row) { writer.add(row, text); });
        return text;
    }

    storage::Store store_{":memory:"};
    std::string next_;
    const Dataset items_ = dataset(movies());
    const Dataset views_ = dataset(views());
};

const std::string imported_items =
    "ITEM_ID,GENRES,PRICE,CREATION_TIMESTAMP,STOCK,ADULT,PLOT\n"
    "b,Drama,1.5,1,,,\na,,,2,,,\nc,Comedy|Drama,,3,,,\n";

TEST_F(RowStore, ReturnsWhatWasImported) {
    const Imported imported = import(items_, ImportMode::full, RowFormat::csv, imported_items);
    EXPECT_EQ(imported.rows, 3);
    EXPECT_EQ(imported.revision, 1);
    EXPECT_EQ(page(items_),
              "{\"ITEM_ID\":\"a\",\"CREATION_TIMESTAMP\":2}\n"
              "{\"ITEM_ID\":\"b\",\"GENRES\":\"Drama\",\"PRICE\":1.5,\"CREATION_TIMESTAMP\":1}\n"
              "{\"ITEM_ID\":\"c\",\"GENRES\":\"Comedy|Drama\",\"CREATION_TIMESTAMP\":3}\n");
    EXPECT_EQ(next_, "");
}

TEST_F(RowStore, PutsRowsThatReplaceWholeRows) {
    import(items_, ImportMode::full, RowFormat::csv, imported_items);
    EXPECT_EQ(put(items_, R"({"itemId":"b","creationTimestamp":9})"), 2);
    EXPECT_EQ(page(items_, {.id = "b"}), "{\"ITEM_ID\":\"b\",\"CREATION_TIMESTAMP\":9}\n");
    EXPECT_EQ(page(items_, {.id = "d"}), "");
}

TEST_F(RowStore, ReturnsPagesThatFollowEachOther) {
    import(items_, ImportMode::full, RowFormat::csv, imported_items);
    const std::string all = page(items_);
    std::string parts = page(items_, {.limit = 2});
    EXPECT_EQ(next_, "b");
    parts += page(items_, {.after = next_, .limit = 2});
    EXPECT_EQ(parts, all);
    EXPECT_EQ(next_, "");
}

const std::string imported_views =
    "USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE,EVENT_VALUE,DEVICE\n"
    "u,a,30,watch,0.5,tv\nv,a,10,click,,\nu,b,20,watch,,\n";

TEST_F(RowStore, GoesOnBehindAnyId) {
    const std::vector<std::string> ids = {"a b", "a\nb", "a-B_1.2", "a~", "\xC3\xBC", "~", "~7e"};
    for (const std::string& id : ids) {
        put(items_, base::Json{{"ITEM_ID", id}, {"CREATION_TIMESTAMP", 1}}.dump());
    }
    std::string after;
    std::size_t count = 0;
    do {
        EXPECT_THAT(page(items_, {.after = after, .limit = 1}), Not(IsEmpty())) << after;
        EXPECT_EQ(next_.find_first_not_of("abcdefABCDEF0123456789-_.~"), std::string::npos) << next_;
        after = next_;
        ++count;
    } while (!after.empty());
    EXPECT_EQ(count, ids.size());
    EXPECT_THAT(page(items_, {.after = "a-B_1.2", .limit = 1}), HasSubstr("a~")) << "an id is a position too";
    EXPECT_THAT(page(items_, {.after = "~7", .limit = 1}), HasSubstr("~7e")) << "and so is any other text";
}

TEST_F(RowStore, ReturnsInteractionsByTime) {
    import(views_, ImportMode::full, RowFormat::csv, imported_views);
    const std::string v = R"({"USER_ID":"v","ITEM_ID":"a","TIMESTAMP":10,"EVENT_TYPE":"click"})"
                          "\n";
    const std::string ub = R"({"USER_ID":"u","ITEM_ID":"b","TIMESTAMP":20,"EVENT_TYPE":"watch"})"
                           "\n";
    const std::string ua =
        R"({"USER_ID":"u","ITEM_ID":"a","TIMESTAMP":30,"EVENT_TYPE":"watch","EVENT_VALUE":0.5,"DEVICE":"tv"})"
        "\n";
    EXPECT_EQ(page(views_), v + ub + ua);
    EXPECT_EQ(page(views_, {.user = "u"}), ub + ua);
    EXPECT_EQ(page(views_, {.item = "a"}), v + ua);
    EXPECT_EQ(page(views_, {.user = "u", .item = "a"}), ua);
    EXPECT_EQ(page(views_, {.limit = 2}), v + ub);
    EXPECT_TRUE(is_position(views_.columns, next_)) << next_;
    EXPECT_EQ(page(views_, {.after = next_, .limit = 2}), ua);
    EXPECT_EQ(next_, "");
}

TEST_F(RowStore, KnowsAPositionFromOtherTexts) {
    for (const char* text : {"x", "1", "1.2", "1.2.", "1.2.x", "1.2.3.4"}) {
        EXPECT_FALSE(is_position(views_.columns, text)) << text;
    }
    EXPECT_TRUE(is_position(views_.columns, "-1.2.3"));
    EXPECT_TRUE(is_position(views_.columns, ""));
    EXPECT_TRUE(is_position(items_.columns, "any id"));
}

// Fidelity: documented | A FULL import replaces what was imported in bulk, and keeps what was put |
//   DG/updating-existing-bulk-data.html
TEST_F(RowStore, KeepsEventsInAFullImport) {
    import(views_, ImportMode::full, RowFormat::csv, imported_views);
    in_transaction([&] {
        const auto rows =
            rows_of(RowFormat::json_lines, R"({"USER_ID":"w","ITEM_ID":"c","TIMESTAMP":5,"EVENT_TYPE":"watch"})",
                    views_.columns);
        return put_events(store_, views_, std::vector<Event>{{.row = rows[0], .event_id = "e", .session_id = "s"}},
                          noon);
    });
    const Imported imported = import(views_, ImportMode::full, RowFormat::csv,
                                     "USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE,EVENT_VALUE,DEVICE\nx,d,1,watch,,\n");
    EXPECT_EQ(imported.revision, 3);
    EXPECT_EQ(page(views_),
              "{\"USER_ID\":\"x\",\"ITEM_ID\":\"d\",\"TIMESTAMP\":1,\"EVENT_TYPE\":\"watch\"}\n"
              "{\"USER_ID\":\"w\",\"ITEM_ID\":\"c\",\"TIMESTAMP\":5,\"EVENT_TYPE\":\"watch\"}\n");
    EXPECT_TRUE(store_.interactions().has_event(view_of(store_, views_.owner), "e"));
    EXPECT_FALSE(store_.interactions().has_event(view_of(store_, views_.owner, 1), "e"));
}

// Fidelity: documented | An INCREMENTAL import adds, and replaces records of the same id |
//   DG/updating-existing-bulk-data.html
TEST_F(RowStore, AddsInAnIncrementalImport) {
    import(items_, ImportMode::full, RowFormat::csv, imported_items);
    import(items_, ImportMode::incremental, RowFormat::json,
           R"({"rows":[{"ITEM_ID":"b","CREATION_TIMESTAMP":7},{"ITEM_ID":"d","CREATION_TIMESTAMP":8}]})");
    EXPECT_EQ(page(items_),
              "{\"ITEM_ID\":\"a\",\"CREATION_TIMESTAMP\":2}\n"
              "{\"ITEM_ID\":\"b\",\"CREATION_TIMESTAMP\":7}\n"
              "{\"ITEM_ID\":\"c\",\"GENRES\":\"Comedy|Drama\",\"CREATION_TIMESTAMP\":3}\n"
              "{\"ITEM_ID\":\"d\",\"CREATION_TIMESTAMP\":8}\n");
}

TEST_F(RowStore, LeavesTheOldRowsWhereAnImportFails) {
    import(items_, ImportMode::full, RowFormat::csv, imported_items);
    const std::string before = page(items_);
    std::string text = imported_items;
    for (int i = 0; i < 1000; ++i) text += "m" + std::to_string(i) + ",,,5,,,\n";
    text += "bad,,,,,,\n";
    try {
        import(items_, ImportMode::full, RowFormat::csv, text);
        FAIL() << "it was imported";
    } catch (const BadRow& error) {
        EXPECT_EQ(error.problem().row, 1004U);
    }
    EXPECT_FALSE(RowImport::is_busy(store_, items_.owner));
    EXPECT_EQ(page(items_), before);
    in_transaction([&] {
        while (store_.layers().sweep(100)) continue;
        return 0;
    });
    EXPECT_EQ(page(items_), before);
    EXPECT_EQ(import(items_, ImportMode::full, RowFormat::csv, text.substr(0, text.find("bad"))).rows, 1003);
}

TEST_F(RowStore, StopsAnImportWhoseDatasetIsDropped) {
    import(items_, ImportMode::full, RowFormat::csv, imported_items);
    const auto rows = rows_of(RowFormat::csv, imported_items, items_.columns);
    RowImport late(store_, items_, ImportMode::full, noon);
    in_transaction([&] {
        late.add(rows);
        return 0;
    });
    EXPECT_TRUE(RowImport::is_busy(store_, items_.owner));
    in_transaction([&] {
        store_.row_sets().drop(items_.owner.arn, items_.owner.account);
        return 0;
    });
    const auto rolled_back = store_.begin();
    EXPECT_THROW(late.finish(), RowsAreGone);
    EXPECT_THAT(page(items_), IsEmpty());
}

TEST_F(RowStore, ShowsWhatWasPutOnceItsDelayHasPassed) {
    using namespace std::chrono_literals;
    import(items_, ImportMode::full, RowFormat::csv, imported_items);
    put(items_, R"({"itemId":"new","creationTimestamp":9})");
    in_transaction([&] {
        const Event event{.row = rows_of(RowFormat::csv, imported_views, views_.columns).front()};
        return put_events(store_, views_, std::span(&event, 1), noon);
    });
    const lifecycle::DataDelays delays{.events = 2s, .rows = 20min};
    const auto seen = [&](const Dataset& of, base::Instant now, const lifecycle::DataDelays& after) {
        std::size_t count = 0;
        read_page(store_, seen_at(now, after, of.owner, view_of(store_, of.owner)), of.columns, {},
                  [&count](const Row&) { ++count; });
        return count;
    };
    EXPECT_EQ(seen(views_, noon + 1999ms, delays), 0U);
    EXPECT_EQ(seen(views_, noon + 2s, delays), 1U);
    EXPECT_EQ(seen(items_, noon + 20min - 1ms, delays), 3U);
    EXPECT_EQ(seen(items_, noon + 20min, delays), 4U);
    EXPECT_EQ(seen(items_, noon, {.events = 2s, .rows = 0s}), 4U);
    EXPECT_EQ(seen(views_, noon, {}), 1U);
}

}  // namespace
}  // namespace plocal::data
