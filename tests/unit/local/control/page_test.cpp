// The page of the console and its files, as control calls.
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "server/local/console/files.h"
#include "server/local/control/accept.h"
#include "tests/unit/local/control/asking.h"

namespace plocal::control {
namespace {

constexpr std::string_view of_a_browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

support::Answer get_with(support::World& world, std::string_view target, std::string_view header,
                         std::string_view value) {
    return world.send({.method = "GET", .target = target, .headers = {{header, value}}, .body = ""});
}

TEST(Accept, WantsThePageWhereItNamesHtml) {
    const struct {
        std::string_view accept;
        bool wants;
    } cases[] = {
        {of_a_browser, true},
        {"text/html", true},
        {"TEXT/HTML ; q=0.2", true},
        {"application/json, text/html", true},
        {"application/json, text/html;q=0.9", false},
        {"text/html;q=0", false},
        {"", false},
        {"*/*", false},
        {"text/*", false},
        {"application/json", false},
        {"application/json, text/plain, */*", false},
    };
    for (const auto& [accept, wants] : cases) EXPECT_EQ(wants_page(accept), wants) << accept;
}

TEST(Page, IsAnsweredToABrowserAlone) {
    support::World world;
    const support::Answer page = get_with(world, "/_local/", "Accept", of_a_browser);
    EXPECT_EQ(page.status, 200);
    EXPECT_EQ(page.header("content-type"), "text/html; charset=utf-8");
    EXPECT_EQ(page.header("vary"), "accept");
    EXPECT_EQ(page.text, console::find_file("index.html")->text);

    const support::Answer list = get_with(world, "/_local/", "Accept", "*/*");
    EXPECT_EQ(list.header("content-type"), "application/json");
    EXPECT_EQ(list.header("vary"), "accept");
    EXPECT_TRUE(list.body["calls"].is_array());
}

TEST(Page, AllowsNothingButItsOwnServer) {
    support::World world;
    for (const std::string target : {"/_local/", "/_local/console/index.html"}) {
        const support::Answer page = get_with(world, target, "Accept", of_a_browser);
        EXPECT_EQ(page.header("content-security-policy"),
                  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        EXPECT_EQ(page.header("x-content-type-options"), "nosniff");
        EXPECT_EQ(page.header("referrer-policy"), "no-referrer");
    }
}

TEST(Page, AnswersEachFile) {
    support::World world;
    for (const console::File& file : console::files()) {
        const support::Answer answer = asked(world, "GET", "/_local/console/" + std::string(file.name));
        EXPECT_EQ(answer.status, 200) << file.name;
        EXPECT_EQ(answer.text, file.text) << file.name;
        EXPECT_EQ(answer.header("content-type"), file.type) << file.name;
    }
    const support::Answer none = asked(world, "GET", "/_local/console/other.js");
    EXPECT_EQ(none.status, 404);
    EXPECT_EQ(none.body["error"], "the console has no file 'other.js'");
    EXPECT_EQ(asked(world, "POST", "/_local/console/index.html").status, 405);
}

TEST(Page, IsNotSentTwice) {
    support::World world;
    const std::string target = "/_local/console/index.html";
    const std::string tag = asked(world, "GET", target).header("etag");
    for (const std::string& known : {tag, "W/" + tag, "\"other\", " + tag, std::string("*")}) {
        const support::Answer answer = get_with(world, target, "If-None-Match", known);
        EXPECT_EQ(answer.status, 304) << known;
        EXPECT_EQ(answer.text, "") << known;
        EXPECT_EQ(answer.header("etag"), tag) << known;
        EXPECT_EQ(answer.header("cache-control"), "no-cache") << known;
    }
    EXPECT_EQ(get_with(world, target, "If-None-Match", "\"other\"").status, 200);
}

TEST(Page, IsRefusedUnderAForeignName) {
    support::World world;
    EXPECT_EQ(get_with(world, "/_local/", "Host", "attacker.example").status, 403);
    EXPECT_EQ(get_with(world, "/_local/console/index.html", "Origin", "https://attacker.example").status, 403);
}

}  // namespace
}  // namespace plocal::control
