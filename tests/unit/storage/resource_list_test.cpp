#include <gmock/gmock.h>
#include <sqlite3.h>

#include "storage/resource_repository.h"
#include "storage/schema.h"
#include "storage/store.h"
#include "tests/unit/storage/query_plan.h"
#include "tests/unit/storage/records.h"

namespace plocal::storage {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> names(const std::vector<Record>& records) {
    std::vector<std::string> names;
    for (const auto& record : records) names.push_back(record.name);
    return names;
}

Page jobs() {
    return {.scope = {}, .kind = "batchInferenceJob", .parent = {}, .after = {}, .limit = 100};
}

class ResourceList : public testing::Test {
protected:
    void insert(const Record& record) { resources_.insert(record, {}); }

    Store store_{":memory:"};
    ResourceRepository& resources_ = store_.resources();
};

TEST_F(ResourceList, ReturnsTheNewestFirst) {
    insert(job("old", 1000));
    insert(job("new", 3000));
    insert(job("middle", 2000));
    insert(job("middle and later", 2000));
    EXPECT_THAT(names(resources_.list(jobs())), ElementsAre("new", "middle and later", "middle", "old"));
}

TEST_F(ResourceList, ReturnsTheOldestFirstBehindAPosition) {
    insert(job("new", 3000));
    insert(job("old", 1000));
    insert(of(job("same time", 2000), {"222222222222", "us-west-2"}));
    insert(job("same time, later", 2000));
    const std::vector<Record> first = resources_.oldest_first("batchInferenceJob", std::nullopt, 2);
    EXPECT_THAT(names(first), ElementsAre("old", "same time"));
    const Position last{first.back().created, first.back().place};
    EXPECT_THAT(names(resources_.oldest_first("batchInferenceJob", last, 10)), ElementsAre("same time, later", "new"));
    EXPECT_THAT(resources_.oldest_first("batchSegmentJob", std::nullopt, 10), IsEmpty());
}

TEST_F(ResourceList, ReturnsOnlyOneKind) {
    insert(job("a"));
    Record other = job("b");
    other.kind = "batchSegmentJob";
    insert(other);
    EXPECT_THAT(names(resources_.list(jobs())), ElementsAre("a"));
}

struct ScopeCase {
    const char* name;
    Scope scope;
    std::vector<std::string> seen;
};

TEST_F(ResourceList, ReturnsResourcesOfTheScopeAndOfAws) {
    insert(of(under(job("aws", 6), "p"), {"", ""}));
    insert(of(under(job("111 east", 5), "p"), {"111111111111", "us-east-1"}));
    insert(of(under(job("111 west", 4), "p"), {"111111111111", "us-west-2"}));
    insert(of(under(job("222 east", 3), "p"), {"222222222222", "us-east-1"}));
    insert(of(under(job("222 west", 2), "p"), {"222222222222", "us-west-2"}));
    insert(of(under(job("old aws", 1), "p"), {"", ""}));
    const ScopeCase cases[] = {
        {"everything", {}, {"aws", "111 east", "111 west", "222 east", "222 west", "old aws"}},
        {"an account", {"111111111111", {}}, {"aws", "111 east", "111 west", "old aws"}},
        {"a region", {{}, "us-east-1"}, {"aws", "111 east", "222 east", "old aws"}},
        {"both", {"222222222222", "us-west-2"}, {"aws", "222 west", "old aws"}},
        {"a stranger", {"333333333333", "us-west-2"}, {"aws", "old aws"}},
    };
    for (const auto& row : cases) {
        Page page = jobs();
        page.scope = row.scope;
        EXPECT_EQ(names(resources_.list(page)), row.seen) << row.name;
        page.parent = "p";
        EXPECT_EQ(names(resources_.list(page)), row.seen) << row.name << ", by parent";
        page.parent = "q";
        EXPECT_THAT(names(resources_.list(page)), IsEmpty()) << row.name << ", by another parent";
    }
}

TEST_F(ResourceList, FindsResourcesByATextOfTheirDocument) {
    const auto with = [](Record record, const std::string& text) {
        record.document = R"({"trackingId":")" + text + R"("})";
        return record;
    };
    const Owner bob{"222222222222", "us-east-1"};
    insert(with(job("first", 9), "one"));
    Record copy = of(with(job("second", 5), "one"), bob);
    copy.arn += "/copy";
    insert(copy);
    insert(with(job("third", 1), "another"));
    Record other = with(job("fourth"), "one");
    other.kind = "batchSegmentJob";
    insert(other);
    const auto found = [&](const Scope& scope, std::string_view text) {
        return names(resources_.with_text(scope, "batchInferenceJob", text));
    };
    EXPECT_THAT(found({}, "\"one\""), ElementsAre("first", "second"));
    EXPECT_THAT(found({bob.account, bob.region}, "\"one\""), ElementsAre("second"));
    EXPECT_THAT(found({bob.account, {}}, "\"one\""), ElementsAre("second"));
    EXPECT_THAT(found({bob.account, "eu-west-1"}, "\"one\""), IsEmpty());
    EXPECT_THAT(found({}, "%"), IsEmpty());
}

TEST_F(ResourceList, ReturnsTheChildrenOfOneParent) {
    insert(under(job("a"), "arn:p"));
    insert(under(job("b"), "arn:q"));
    insert(job("c"));
    Page page = jobs();
    page.parent = "arn:p";
    EXPECT_THAT(names(resources_.list(page)), ElementsAre("a"));
}

TEST_F(ResourceList, ReturnsNoMoreThanTheLimit) {
    for (const char* name : {"a", "b", "c"}) insert(job(name));
    Page page = jobs();
    page.limit = 2;
    EXPECT_THAT(names(resources_.list(page)), ElementsAre("c", "b"));
    page.limit = 0;
    EXPECT_THAT(resources_.list(page), IsEmpty());
}

/// The names on all pages. Before each page but the first, a newer, an equally old and an older job are inserted.
std::vector<std::string> names_while_inserting(ResourceRepository& resources, Page page) {
    std::vector<std::string> seen;
    int round = 0;
    for (auto records = resources.list(page); !records.empty(); records = resources.list(page)) {
        for (const auto& name : names(records)) seen.push_back(name);
        page.after = Position{records.back().created, records.back().place};
        const std::string suffix = std::to_string(++round);
        resources.insert(under(job("newer " + suffix, 9000), "p"), {});
        resources.insert(under(job("equally old " + suffix, records.back().created.time_since_epoch().count()), "p"),
                         {});
        if (round < 3) resources.insert(under(job("older " + suffix, 10 * round), "p"), {});
    }
    return seen;
}

struct WalkCase {
    const char* name;
    Scope scope;
    std::optional<std::string> parent;
};

TEST_F(ResourceList, ReturnsEachResourceOnceWhileOthersAreInserted) {
    const WalkCase cases[] = {{"kind", {}, {}}, {"owner", {alice.account, alice.region}, {}}, {"parent", {}, "p"}};
    for (const auto& row : cases) {
        Store store(":memory:");
        for (int i = 0; i < 7; ++i) {
            store.resources().insert(under(job(std::to_string(i), i < 5 ? 1000 : 2000), "p"), {});
        }
        Page page = jobs();
        page.scope = row.scope;
        page.parent = row.parent;
        page.limit = 2;
        EXPECT_THAT(names_while_inserting(store.resources(), page),
                    ElementsAre("6", "5", "4", "3", "2", "1", "0", "older 2", "older 1"))
            << row.name;
    }
}

TEST(ResourceQueries, NeitherSortNorScan) {
    sqlite::Database database(":memory:");
    migrate(database, migrations());
    DueRepository due(database);
    WorkRepository work(database);
    RowSweep rows(database);
    LayerRepository layers(database, rows);
    ResourceRepository resources(database, layers, due, work);
    resources.insert(job("a"), {{"arn:x", true}});
    resources.find("arn:x");
    resources.references("arn:x");
    resources.is_assumed("arn:x");
    resources.save(*resources.find(job("a").arn));
    resources.referrers("arn:x", "batchInferenceJob");
    due.first(alice.account, at_ms(1));
    Page page = jobs();
    resources.list(page);
    page.scope = {alice.account, alice.region};
    resources.list(page);
    page.parent = "p";
    resources.list(page);
    resources.oldest_first(page.kind, std::nullopt, 10);
    std::vector<std::string> walks;
    for (sqlite3_stmt* each = nullptr; (each = sqlite3_next_stmt(database.handle(), each)) != nullptr;) {
        for (const auto& line : plan(database.handle(), sqlite3_sql(each))) {
            EXPECT_THAT(line, testing::Not(testing::AnyOf(HasSubstr("SCAN"), HasSubstr("TEMP B-TREE"))))
                << sqlite3_sql(each);
            if (line.find("created_ms") != line.npos) walks.push_back(line);
        }
    }
    const std::string newest_first = "(created_ms,place)<(?,?))";
    EXPECT_THAT(
        walks,
        testing::UnorderedElementsAre(
            "SEARCH resource USING INDEX resource_by_kind (kind=? AND " + newest_first,
            "SEARCH resource USING INDEX resource_by_owner (kind=? AND account=? AND region=? AND " + newest_first,
            "SEARCH resource USING INDEX resource_by_owner (kind=? AND account=? AND region=? AND " + newest_first,
            "SEARCH resource USING INDEX resource_by_parent (parent=? AND kind=? AND " + newest_first,
            "SEARCH resource USING INDEX resource_by_kind (kind=? AND (created_ms,place)>(?,?))"));
}

}  // namespace
}  // namespace plocal::storage
