#include "server/app/engine/long_bodies.h"

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include "tests/support/full_disk.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::engine {
namespace {

namespace asio = boost::asio;

/// A body of these pieces; then its end, or the client leaves.
class ScriptedBody : public http::BodySource {
public:
    ScriptedBody(std::vector<std::string> pieces, bool is_cut_off) : pieces_(std::move(pieces)), is_cut_(is_cut_off) {}

    asio::awaitable<std::string_view> next() override {
        if (next_ < pieces_.size()) co_return pieces_[next_++];
        if (is_cut_) throw http::BodyError("the client has left", std::nullopt);
        is_read_ = true;
        co_return std::string_view();
    }

    bool is_read() const { return is_read_; }

private:
    std::vector<std::string> pieces_;
    std::size_t next_ = 0;
    bool is_cut_;
    bool is_read_ = false;
};

/// Notes the request, and answers it with its own body.
class Mirror : public http::RequestHandler {
public:
    asio::awaitable<protocol::Response> answer(const protocol::Request& request) override {
        ++requests;
        body = request.body;
        spooled_body = request.spooled_body;
        body_error = request.body_error;
        protocol::Response response{.status = 200, .headers = {}, .body = body};
        response.spooled_body = spooled_body;
        co_return response;
    }
    std::size_t body_limit(std::string_view) const override { return 0; }

    int requests = 0;
    std::string body;
    std::shared_ptr<const base::Spool> spooled_body;
    std::string body_error;
};

asio::awaitable<void> answer_into(LongBodies& bodies, http::BodySource& body, std::string& sent,
                                  std::optional<std::uint64_t>& announced_bytes) {
    const protocol::Request request{.method = "PUT", .target = "/long", .headers = {}, .body = {}};
    const http::StreamedResponse response = co_await bodies.answer(request, body);
    sent = response.head.body;
    if (response.body == nullptr) co_return;
    announced_bytes = response.body->size_bytes();
    for (auto piece = co_await response.body->next(); !piece.empty(); piece = co_await response.body->next()) {
        sent += piece;
    }
}

struct Outcome {
    std::string sent;
    std::optional<std::uint64_t> announced_bytes;  // of a body that is streamed
};

/// Rethrows what the handler throws.
Outcome exchange_with(Mirror& mirror, const base::SpoolPlace& place, http::BodySource& body) {
    LongBodies bodies(mirror, place, 1'000);
    Outcome outcome;
    std::exception_ptr error;
    asio::io_context context;
    asio::co_spawn(context, answer_into(bodies, body, outcome.sent, outcome.announced_bytes),
                   [&error](std::exception_ptr thrown) { error = std::move(thrown); });
    context.run();
    if (error) std::rethrow_exception(error);
    return outcome;
}

TEST(LongBodies, StayInMemoryWhereTheyAreShort) {
    const storage::TemporaryFolder folder;
    Mirror mirror;
    ScriptedBody body({"abc", "de"}, false);
    const Outcome outcome = exchange_with(mirror, {.folder = folder.path(), .memory_bytes = 5}, body);
    EXPECT_EQ(mirror.body, "abcde");
    EXPECT_EQ(mirror.spooled_body, nullptr);
    EXPECT_EQ(outcome.sent, "abcde");
    EXPECT_FALSE(outcome.announced_bytes);
}

TEST(LongBodies, AreInAFileAndNeverInMemoryWhereTheyAreLong) {
    const storage::TemporaryFolder folder;
    Mirror mirror;
    ScriptedBody body({"abc", "def"}, false);
    const Outcome outcome = exchange_with(mirror, {.folder = folder.path(), .memory_bytes = 5}, body);
    EXPECT_EQ(mirror.body, "");
    ASSERT_NE(mirror.spooled_body, nullptr);
    EXPECT_FALSE(mirror.spooled_body->is_in_memory());
    EXPECT_EQ(outcome.sent, "abcdef");
    EXPECT_EQ(outcome.announced_bytes, 6u);
}

TEST(LongBodies, ReachNobodyWhereTheClientLeavesInTheMiddle) {
    const storage::TemporaryFolder folder;
    Mirror mirror;
    ScriptedBody body({"abc", "def"}, true);
    EXPECT_THROW(exchange_with(mirror, {.folder = folder.path(), .memory_bytes = 5}, body), http::BodyError);
    EXPECT_EQ(mirror.requests, 0);
}

TEST(LongBodies, AreReadToTheirEndWhereTheyCannotBeKept) {
    const storage::TemporaryFolder folder;
    Mirror mirror;
    ScriptedBody body({"abc", "def", "ghi", "jkl"}, false);
    const support::FullDisk disk(8);
    exchange_with(mirror, {.folder = folder.path(), .memory_bytes = 5}, body);
    EXPECT_TRUE(body.is_read());
    EXPECT_EQ(mirror.requests, 1);
    EXPECT_EQ(mirror.body, "");
    EXPECT_EQ(mirror.spooled_body, nullptr);
    EXPECT_EQ(mirror.body_error, "a temporary file cannot be written in " + folder.path() + ": File too large");
}

}  // namespace
}  // namespace plocal::engine
