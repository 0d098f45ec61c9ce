#include "server/app/engine/streams.h"

#include <memory>
#include <string>

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/world.h"

namespace plocal::engine {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

constexpr const char* one_account = "111111111111";
constexpr const char* another_account = "222222222222";

class StreamsTest : public testing::Test {
protected:
    std::shared_ptr<EventStream> stream(const std::string& account = "", const StreamLimits& limits = {}) {
        return std::make_shared<EventStream>(context_.get_executor(), account, limits);
    }

    boost::asio::io_context context_;
};

StreamEvent rules_event(const std::string& account, const std::string& data = "{}") {
    return {"rules", account, account.empty(), data};
}

TEST_F(StreamsTest, NumberTheirEvents) {
    const auto all = stream();
    all->add({"clock", "", true, R"({"account":""})"});
    all->add({"request", one_account, false, R"({"id":"a"})"});
    EXPECT_EQ(all->take(),
              "id: 1\nevent: clock\ndata: {\"account\":\"\"}\n\n"
              "id: 2\nevent: request\ndata: {\"id\":\"a\"}\n\n");
    EXPECT_EQ(all->take(), "");
    all->add(rules_event(another_account));
    EXPECT_EQ(all->take(), "id: 3\nevent: rules\ndata: {}\n\n");
}

TEST_F(StreamsTest, GetWhatConcernsTheirAccount) {
    const struct {
        const char* account;
        StreamEvent event;
        bool gets;
    } cases[] = {
        {"", rules_event(one_account), true},
        {"", rules_event(""), true},
        {"", {"request", "", false, "{}"}, true},
        {one_account, rules_event(one_account), true},
        {one_account, rules_event(another_account), false},
        {one_account, rules_event(""), true},
        {one_account, {"request", "", false, "{}"}, false},
    };
    for (const auto& [account, each, gets] : cases) {
        const auto one = stream(account);
        one->add(each);
        EXPECT_EQ(!one->take().empty(), gets) << account << each.name << each.account;
    }
}

TEST_F(StreamsTest, AreLetGoWhereTheyAreTooManyEventsBehind) {
    const auto slow = stream("", {.events = 2});
    slow->add(rules_event(one_account));
    slow->add(rules_event(one_account));
    EXPECT_EQ(slow->behind(), 2u);
    EXPECT_FALSE(slow->is_over());
    slow->add(rules_event(one_account));
    EXPECT_TRUE(slow->is_over());
    slow->add(rules_event(one_account));
    EXPECT_EQ(slow->take(), "id: 4\nevent: overflow\ndata: {}\n\n");
}

TEST_F(StreamsTest, AreLetGoWhereTheyAreTooManyBytesBehind) {
    const auto slow = stream("", {.bytes = 200});
    slow->add(rules_event(one_account, '"' + std::string(90, 'x') + '"'));
    EXPECT_FALSE(slow->is_over());
    slow->add(rules_event(one_account, '"' + std::string(90, 'x') + '"'));
    EXPECT_TRUE(slow->is_over());
    EXPECT_THAT(slow->take(), HasSubstr("event: overflow\n"));
}

TEST_F(StreamsTest, MayBeAsFarBehindAgainOnceTheyAreRead) {
    const auto quick = stream("", {.events = 2});
    for (int i = 0; i < 10; ++i) {
        quick->add(rules_event(one_account));
        quick->add(rules_event(one_account));
        EXPECT_NE(quick->take(), "");
    }
    EXPECT_FALSE(quick->is_over());
}

TEST_F(StreamsTest, SendWhatIsThereBeforeTheyEnd) {
    const auto one = stream();
    one->add(rules_event(one_account));
    one->end();
    EXPECT_TRUE(one->is_over());
    one->add(rules_event(one_account));
    EXPECT_THAT(one->take(), EndsWith("data: {}\n\n"));
    EXPECT_EQ(one->take(), "");
}

TEST_F(StreamsTest, CollectNewsWhileOneIsOpen) {
    support::World world;
    News& news = world.engine().news();
    Streams streams{{}};
    EXPECT_FALSE(news.is_wanted());
    const auto one = stream();
    streams.open(one, news);
    EXPECT_TRUE(news.is_wanted());
    EXPECT_EQ(streams.count(), 1u);
    streams.publish(news, {.rules = {one_account}});
    EXPECT_THAT(one->take(), HasSubstr(one_account));
    streams.close(one);
    EXPECT_EQ(streams.count(), 0u);
    streams.publish(news, {});
    EXPECT_FALSE(news.is_wanted());
}

TEST_F(StreamsTest, EndWithAStop) {
    support::World world;
    Streams streams{{}};
    const auto early = stream();
    streams.open(early, world.engine().news());
    streams.stop();
    EXPECT_TRUE(early->is_over());
    const auto late = stream();
    streams.open(late, world.engine().news());
    EXPECT_TRUE(late->is_over());
}

}  // namespace
}  // namespace plocal::engine
