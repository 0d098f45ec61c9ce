#include "server/wire/http/response_reader.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace plocal::http {
namespace {

using Reading = ResponseReader::Progress;

void feed_response(ResponseReader& reader, std::string_view bytes) {
    const auto room = reader.room();
    ASSERT_LE(bytes.size(), room.size());
    std::memcpy(room.data(), bytes.data(), bytes.size());
    reader.commit(bytes.size());
}

/// What a reader makes of a response that comes in pieces of this size, followed by the end of the connection.
std::string outcome_of(std::string_view text, std::size_t piece_bytes) {
    ResponseReader reader(1024, false);
    std::string body;
    bool in_body = false;
    for (;;) {
        Reading progress = in_body ? reader.next_piece() : reader.head();
        if (in_body) body += reader.piece();
        if (progress == Reading::wants_more && text.empty()) {
            progress = reader.end_of_connection();
            in_body = true;
        } else if (progress == Reading::wants_more) {
            feed_response(reader, text.substr(0, piece_bytes));
            text.remove_prefix(std::min(piece_bytes, text.size()));
            continue;
        }
        if (progress == Reading::malformed) return body + ": " + reader.fault();
        if (in_body) return std::to_string(reader.response().status) + ' ' + body;
        in_body = true;
    }
}

struct Response {
    std::string name;
    std::string text;
    std::string outcome;
};

class ResponseReaderOf : public testing::TestWithParam<Response> {};

TEST_P(ResponseReaderOf, ReadsTheSameHoweverTheBytesAreCut) {
    for (std::size_t piece_bytes = 1; piece_bytes <= GetParam().text.size() + 1; ++piece_bytes) {
        EXPECT_EQ(outcome_of(GetParam().text, piece_bytes), GetParam().outcome) << piece_bytes;
    }
}

INSTANTIATE_TEST_SUITE_P(
    All, ResponseReaderOf,
    testing::Values(
        Response{"Length", "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nabc", "200 abc"},
        Response{"NoBody", "HTTP/1.1 204 No Content\r\nx: y\r\n\r\n", "204 "},
        Response{"UntilTheEnd", "HTTP/1.1 200 OK\r\n\r\nabc", "200 abc"},
        Response{"Chunks",
                 "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n1;x\r\nc\r\n0\r\ny: z\r\n\r\n",
                 "200 abc"},
        Response{"Interim", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", "200 "},
        Response{"CutLength", "HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nabc", "abc: the connection has ended early"},
        Response{"CutHead", "HTTP/1.1 200 OK\r\ncont", ": the connection has ended early"},
        Response{"CutChunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n",
                 "ab: the connection has ended early"}),
    [](const auto& row) { return row.param.name; });

TEST(ResponseReader, FindsHeadersInAnyCase) {
    ResponseReader reader(1024, false);
    feed_response(reader, "HTTP/1.1 200 OK\r\nX-One:  a b \r\nx-one: c\r\ncontent-length: 0\r\n\r\n");
    ASSERT_EQ(reader.head(), Reading::complete);
    EXPECT_EQ(reader.response().header("x-ONE"), "a b");
    EXPECT_EQ(reader.response().header("x-two"), "");
    EXPECT_EQ(reader.response().headers.size(), 3U);
}

TEST(ResponseReader, ReadsNoBodyOfAResponseToHead) {
    ResponseReader reader(1024, true);
    feed_response(reader, "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n");
    ASSERT_EQ(reader.head(), Reading::complete);
    EXPECT_EQ(reader.next_piece(), Reading::complete);
    EXPECT_EQ(reader.piece(), "");
}

TEST(ResponseReader, RefusesAHeadBeyondTheLimit) {
    const std::string text = "HTTP/1.1 200 OK\r\nx: y\r\n\r\n";
    ResponseReader exact(text.size(), false);
    feed_response(exact, text + std::string(100, 'b'));
    EXPECT_EQ(exact.head(), Reading::complete);
    ResponseReader short_of_one(text.size() - 1, false);
    feed_response(short_of_one, text);
    EXPECT_EQ(short_of_one.head(), Reading::malformed);
    EXPECT_EQ(short_of_one.fault(), "its head is too long");
}

}  // namespace
}  // namespace plocal::http
