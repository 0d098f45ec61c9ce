#include "server/wire/http/response.h"

#include <string>

#include <gtest/gtest.h>

namespace plocal::http {
namespace {

std::string head_of(const protocol::Response& response, bool keep_alive = true) {
    std::string out = "earlier text";
    write_head(out, response, keep_alive);
    return out;
}

// Fidelity: seen | A response announces its length, is never sent in chunks, and keeps the connection alive |
//   aws-samples/amazon-personalize-samples; aws-samples/amazon-personalize-immersion-day
TEST(ResponseHead, HasHeadersAsGivenAndItsFraming) {
    EXPECT_EQ(head_of({.status = 404, .headers = {{"x-a", "1"}, {"x-b", ""}}, .body = "four"}),
              "HTTP/1.1 404 Not Found\r\nx-a: 1\r\nx-b: \r\ncontent-length: 4\r\nconnection: keep-alive\r\n\r\n");
    EXPECT_EQ(head_of({}, false), "HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
}

TEST(ResponseHead, HasNoLengthWithoutABody) {
    EXPECT_EQ(head_of({.status = 204}), "HTTP/1.1 204 No Content\r\nconnection: keep-alive\r\n\r\n");
}

TEST(ResponseHead, SaysHowAStreamedBodyEnds) {
    std::string out;
    write_head(out, {}, {.end = Framing::End::length, .size_bytes = 5'000'000'000}, true);
    EXPECT_EQ(out, "HTTP/1.1 200 OK\r\ncontent-length: 5000000000\r\nconnection: keep-alive\r\n\r\n");
    write_head(out, {}, {.end = Framing::End::chunked}, true);
    EXPECT_EQ(out, "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nconnection: keep-alive\r\n\r\n");
    write_head(out, {}, {.end = Framing::End::close}, false);
    EXPECT_EQ(out, "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n");
}

TEST(ResponseHead, HasNoReasonForAnUnknownStatus) {
    EXPECT_EQ(head_of({.status = 299}), "HTTP/1.1 299 \r\ncontent-length: 0\r\nconnection: keep-alive\r\n\r\n");
}

TEST(ResponseHead, CannotBeEndedByAValue) {
    EXPECT_EQ(head_of({.headers = {{"x", "a\r\ny: b\n"}}}),
              "HTTP/1.1 200 OK\r\nx: a  y: b \r\ncontent-length: 0\r\nconnection: keep-alive\r\n\r\n");
}

}  // namespace
}  // namespace plocal::http
