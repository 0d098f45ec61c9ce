#include "server/wire/http/url.h"

#include <string>

#include <gtest/gtest.h>

namespace plocal::http {
namespace {

struct Good {
    std::string name;
    std::string text;
    bool is_https;
    std::string host;
    std::string endpoint;
    std::string host_header;
    std::string target;
};

class UrlThatIsGood : public testing::TestWithParam<Good> {};

TEST_P(UrlThatIsGood, HasItsParts) {
    const auto url = parse_url(GetParam().text);
    ASSERT_TRUE(url) << GetParam().text;
    EXPECT_EQ(url->is_https, GetParam().is_https);
    EXPECT_EQ(url->host, GetParam().host);
    EXPECT_EQ(url->endpoint(), GetParam().endpoint);
    EXPECT_EQ(url->host_header(), GetParam().host_header);
    EXPECT_EQ(url->target, GetParam().target);
}

INSTANTIATE_TEST_SUITE_P(
    All, UrlThatIsGood,
    testing::Values(Good{"HostAlone", "http://localhost", false, "localhost", "localhost:80", "localhost", "/"},
                    Good{"Https", "https://localhost", true, "localhost", "localhost:443", "localhost", "/"},
                    Good{"Port", "http://a.b:7377/", false, "a.b", "a.b:7377", "a.b:7377", "/"},
                    Good{"OthersDefaultPort", "https://a:80", true, "a", "a:80", "a:80", "/"},
                    Good{"DefaultPort", "https://a:443/x", true, "a", "a:443", "a", "/x"},
                    Good{"PathAndQuery", "http://a/b/c?d=/e", false, "a", "a:80", "a", "/b/c?d=/e"},
                    Good{"QueryAlone", "http://a?b", false, "a", "a:80", "a", "/?b"},
                    Good{"Fragment", "http://a/b#c?d", false, "a", "a:80", "a", "/b"},
                    Good{"Ipv4", "http://127.0.0.1:1", false, "127.0.0.1", "127.0.0.1:1", "127.0.0.1:1", "/"},
                    Good{"Ipv6", "http://[::1]:1/x", false, "::1", "[::1]:1", "[::1]:1", "/x"},
                    Good{"Ipv6WithoutPort", "http://[::1]", false, "::1", "[::1]:80", "[::1]", "/"},
                    Good{"UpperCaseScheme", "HTTPS://a", true, "a", "a:443", "a", "/"}),
    [](const auto& row) { return row.param.name; });

TEST(Url, IsNotReadFromOtherTexts) {
    for (const std::string text : {"",
                                   "localhost",
                                   "localhost:80",
                                   "ftp://a",
                                   "http:/a",
                                   "http://",
                                   "http:///x",
                                   "http://:80",
                                   "http://a:",
                                   "http://a:0",
                                   "http://a:65536",
                                   "http://a:+1",
                                   "http://a:x",
                                   "http://a:80:80",
                                   "http://user@a",
                                   "http://user:secret@a",
                                   "http://[::1",
                                   "http://[::1]x",
                                   "http://::1",
                                   "http://[]",
                                   "http://a b",
                                   "http://a/b c",
                                   "http://a/\r\nx: y",
                                   "http://a/\x7f"}) {
        EXPECT_FALSE(parse_url(text)) << text;
    }
}

}  // namespace
}  // namespace plocal::http
