#include "server/service/lifecycle/overrides.h"

#include <gtest/gtest.h>

namespace plocal::lifecycle {
namespace {

using base::DurationRange;

using namespace std::chrono_literals;

constexpr const char* first_tenant = "111111111111";
constexpr const char* second_tenant = "222222222222";

PlanChange calls(std::int64_t count) {
    PlanChange change;
    change.calls = count;
    return change;
}

PlanChange pending(std::chrono::milliseconds duration) {
    PlanChange change;
    change.pending = DurationRange(duration);
    return change;
}

std::int64_t calls_of(const PlanOverrides& book, const char* account, const char* kind) {
    return book.plan_for(account, kind).calls;
}

TEST(PlanOverrides, GivesTheBaseWhereNothingWasPut) {
    Plan base;
    base.calls = 9;
    const PlanOverrides book(base);
    EXPECT_EQ(calls_of(book, "", "filter"), 9);
    EXPECT_EQ(calls_of(book, first_tenant, "filter"), 9);
    EXPECT_EQ(book.changes_of(first_tenant), PlanChanges{});
}

TEST(PlanOverrides, LetsTheNearerBeatTheFarther) {
    PlanOverrides book{Plan{}};
    book.put("", {.common = calls(3), .by_kind = {{"filter", calls(4)}}});
    EXPECT_EQ(calls_of(book, second_tenant, "solution"), 3);
    EXPECT_EQ(calls_of(book, second_tenant, "filter"), 4) << "a kind's own beats that of all kinds";
    EXPECT_EQ(calls_of(book, "", "filter"), 4);
    book.put(first_tenant, {.common = calls(5), .by_kind = {{"solution", calls(6)}}});
    EXPECT_EQ(calls_of(book, first_tenant, "solution"), 6);
    EXPECT_EQ(calls_of(book, first_tenant, "filter"), 5) << "a tenant's beats the common one, for a kind too";
    EXPECT_EQ(calls_of(book, second_tenant, "filter"), 4);
}

TEST(PlanOverrides, LeavesToTheFartherWhatTheNearerDoesNotName) {
    PlanOverrides book{Plan{}};
    book.put("", {.common = calls(3), .by_kind = {}});
    book.put(first_tenant, {.common = pending(7s), .by_kind = {}});
    EXPECT_EQ(calls_of(book, first_tenant, "filter"), 3);
    EXPECT_EQ(book.plan_for(first_tenant, "filter").pending, DurationRange(7s));
    EXPECT_EQ(book.plan_for(first_tenant, "filter").in_progress, Plan{}.in_progress);
}

TEST(PlanOverrides, ForgetsAndClears) {
    PlanOverrides book{Plan{}};
    book.put("", {.common = calls(3), .by_kind = {}});
    book.put(first_tenant, {.common = calls(5), .by_kind = {}});
    EXPECT_EQ(book.all().size(), 2u);
    book.forget(first_tenant);
    book.forget(second_tenant);
    EXPECT_EQ(calls_of(book, first_tenant, "filter"), 3);
    book.clear();
    EXPECT_EQ(calls_of(book, first_tenant, "filter"), Plan{}.calls);
    EXPECT_TRUE(book.all().empty());
}

TEST(PlanOverrides, HasNoDelaysOfDataWhereNoneWerePut) {
    PlanOverrides book{Plan{}};
    EXPECT_EQ(book.data_delays(first_tenant), (DataDelays{0ms, 0ms}));
    book.put("", {.common = {}, .by_kind = {}, .data = {2s, 20min}});
    book.put(first_tenant, {.common = {}, .by_kind = {}, .data = {.rows = 0ms}});
    EXPECT_EQ(book.data_delays(""), (DataDelays{2s, 20min}));
    EXPECT_EQ(book.data_delays(first_tenant), (DataDelays{2s, 0ms}));
    EXPECT_EQ(book.data_delays(second_tenant), (DataDelays{2s, 20min}));
}

TEST(PlanChanges, KeepTheDelaysOfDataThatTheyDoNotName) {
    const PlanChanges earlier{.common = {}, .by_kind = {}, .data = {2s, 20min}};
    const PlanChanges later{.common = {}, .by_kind = {}, .data = {.events = 5s}};
    EXPECT_EQ(later.over(earlier).data, (DataDelays{5s, 20min}));
}

}  // namespace
}  // namespace plocal::lifecycle
