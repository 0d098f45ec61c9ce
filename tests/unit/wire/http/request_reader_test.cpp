#include "server/wire/http/request_reader.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

namespace plocal::http {
namespace {

using Progress = RequestReader::Progress;

void feed(RequestReader& reader, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto room = reader.room();
        const std::size_t size = std::min(room.size(), bytes.size());
        std::memcpy(room.data(), bytes.data(), size);
        reader.commit(size);
        bytes.remove_prefix(size);
    }
}

TEST(RequestReader, KeepsTheBytesOfTheNextRequest) {
    RequestReader reader(1024);
    reader.begin();
    EXPECT_EQ(reader.head(), Progress::wants_more);
    EXPECT_FALSE(reader.has_begun());
    feed(reader, "PUT /a HTTP/1.1\r\ncontent-length: 2\r\n\r\nokGET");
    EXPECT_EQ(reader.head(), Progress::complete);
    EXPECT_TRUE(reader.awaits_body());
    EXPECT_EQ(reader.allow_body(2), Progress::complete);
    EXPECT_EQ(reader.body(), Progress::complete);
    EXPECT_EQ(reader.request().body, "ok");
    EXPECT_TRUE(reader.has_unread());

    reader.begin();
    EXPECT_TRUE(reader.has_begun());
    EXPECT_EQ(reader.head(), Progress::wants_more);
    EXPECT_TRUE(reader.has_begun());
    feed(reader, " /b HTTP/1.1\r\n\r\n");
    EXPECT_EQ(reader.head(), Progress::complete);
    EXPECT_EQ(reader.request().target, "/b");
    EXPECT_EQ(reader.request().body, "");
    EXPECT_FALSE(reader.awaits_body());
    EXPECT_FALSE(reader.has_unread());
}

TEST(RequestReader, DropsEachPieceBeforeTheNext) {
    RequestReader reader(1024);
    reader.begin();
    feed(reader, "PUT /a HTTP/1.1\r\ncontent-length: 5\r\n\r\nab");
    ASSERT_EQ(reader.head(), Progress::complete);
    EXPECT_EQ(reader.content_length(), 5U);
    ASSERT_EQ(reader.allow_body(5), Progress::complete);
    EXPECT_EQ(reader.next_piece(), Progress::wants_more);
    EXPECT_EQ(reader.piece(), "ab");
    EXPECT_EQ(reader.next_piece(), Progress::wants_more);
    EXPECT_EQ(reader.piece(), "");
    feed(reader, "cdeGET");
    EXPECT_EQ(reader.next_piece(), Progress::complete);
    EXPECT_EQ(reader.piece(), "cde");
    EXPECT_EQ(reader.next_piece(), Progress::complete);
    EXPECT_EQ(reader.piece(), "");
    EXPECT_EQ(reader.request().target, "/a");
    EXPECT_EQ(reader.request().body, "");
    EXPECT_TRUE(reader.has_unread());
}

TEST(RequestReader, UnfoldsAFoldedHeader) {
    RequestReader reader(1024);
    reader.begin();
    feed(reader, "GET / HTTP/1.1\r\na: one\r\n two\r\nb: three\r\n\r\n");
    ASSERT_EQ(reader.head(), Progress::complete);
    EXPECT_EQ(reader.request().header("A"), "one two");
    EXPECT_EQ(reader.request().header("b"), "three");
}

constexpr std::array<std::string_view, 5> valid_requests = {
    "GET /a?b=c HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n",
    "POST / HTTP/1.1\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\nhello world",
    "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\"b\"\r\nhello\r\n1\r\n \r\n0\r\nTrailer: t\r\n\r\n",
    "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "GET / HTTP/1.0\r\nConnection: keep-alive, x\r\nA: b\r\n c\r\n\r\n",
};

class Mutation {
public:
    explicit Mutation(std::uint32_t seed) : random_(seed) {}

    std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_); }

    // A few requests in a row, with a few bytes changed, removed or inserted.
    std::string text() {
        std::string text;
        for (std::size_t i = 0; i <= below(3); ++i) {
            text += valid_requests[below(valid_requests.size())];
        }
        for (std::size_t i = below(4); i > 0 && text.size() > 1; --i) {
            constexpr std::string_view likely("\r\n :;0159af\"\0\t\xff", 15);
            const std::size_t at = below(text.size());
            switch (below(3)) {
                case 0:
                    text[at] = likely[below(likely.size())];
                    break;
                case 1:
                    text.erase(at, 1);
                    break;
                default:
                    text.insert(at, 1, likely[below(likely.size())]);
            }
        }
        return text + "\r\n\r\n";  // A head is parsed as soon as it seems complete.
    }

private:
    std::mt19937 random_;
};

// What a reader makes of these bytes. It must not depend on how they are cut into pieces, nor on how the body is read.
std::string outcome(std::string_view text, Mutation& cuts, bool in_pieces, bool is_streamed) {
    RequestReader reader(256);
    std::string seen;
    std::string body;
    bool in_body = false;
    reader.begin();
    for (;;) {
        const Progress progress = !in_body ? reader.head() : is_streamed ? reader.next_piece() : reader.body();
        if (in_body && is_streamed) body += reader.piece();
        if (progress == Progress::wants_more) {
            if (text.empty()) {
                return seen + "wants more";
            }
            const std::size_t size = in_pieces ? 1 + cuts.below(std::min<std::size_t>(text.size(), 8)) : text.size();
            feed(reader, text.substr(0, size));
            text.remove_prefix(size);
        } else if (progress == Progress::refused || (!in_body && reader.allow_body(9) == Progress::refused)) {
            return seen + std::to_string(reader.refused().status);
        } else if (!in_body) {
            in_body = true;
        } else {
            if (!is_streamed) body = reader.request().body;
            seen += std::string(reader.request().target) + '<' + std::exchange(body, {}) + '>';
            in_body = false;
            reader.begin();
        }
    }
}

TEST(RequestReader, ReadsTheSameHoweverTheBytesAreCut) {
    Mutation mutation(20'250'701);  // NOLINT: the same cases in each run
    for (int i = 0; i < 5'000; ++i) {
        const std::string text = mutation.text();
        const std::string whole = outcome(text, mutation, false, false);
        EXPECT_EQ(outcome(text, mutation, true, false), whole) << testing::PrintToString(text);
        EXPECT_EQ(outcome(text, mutation, false, true), whole) << testing::PrintToString(text);
        EXPECT_EQ(outcome(text, mutation, true, true), whole) << testing::PrintToString(text);
    }
}

}  // namespace
}  // namespace plocal::http
