#include "server/local/control/control.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/app/engine/version.h"
#include "server/base/json.h"
#include "tests/support/world.h"

namespace plocal::control {
namespace {

using base::Json;
using support::Answer;
using support::World;
using testing::HasSubstr;

Answer ask(World& world, std::string_view method, std::string_view target, std::string_view body = {}) {
    return world.send({.method = method, .target = target, .headers = {}, .body = body});
}

TEST(IsControl, IsTrueForPathsUnderLocal) {
    for (const char* const target :
         {"/_local", "/_local/", "/_local?a", "/_local/?a", "/_local/health", "/_local/a/b"}) {
        EXPECT_TRUE(is_control(target)) << target;
    }
    for (const char* const target :
         {"/", "", "/_localhost", "/_locale/", "/_LOCAL/", "/a/_local/", "_local/", "/?/_local/"}) {
        EXPECT_FALSE(is_control(target)) << target;
    }
}

TEST(Health, CountsTheResourcesOfAReadyServer) {
    World world;
    const std::string before = R"({"status":"ok","version":")" + engine::version() + R"(","ready":true,"resources":)";
    const std::string after = R"(,"rows":{"items":0,"users":0,"actions":0,"interactions":0,"actionInteractions":0}})";
    EXPECT_EQ(ask(world, "GET", "/_local/health").text, before + "{}" + after);
    world.load(base::parse_json(R"({"batchInferenceJobs": [
        {"batchInferenceJobArn": "arn:aws:personalize:us-east-1:000000000000:batch-inference-job/one"},
        {"batchInferenceJobArn": "arn:aws:personalize:eu-west-1:111111111111:batch-inference-job/two"}],
        "filter": {"filterArn": "arn:aws:personalize:us-east-1:000000000000:filter/one"}})"));
    const Answer response = ask(world, "GET", "/_local/health");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.header("content-type"), "application/json");
    EXPECT_EQ(response.header("cache-control"), "no-cache");
    EXPECT_EQ(response.text, before + R"({"filters":1,"batchInferenceJobs":2})" + after);
}

TEST(Health, HasThePortOfHttps) {
    World world;
    const auto tls = [&world] { return Json::parse(ask(world, "GET", "/_local/health").text).value("tls", Json()); };
    EXPECT_EQ(tls(), Json());
    world.engine().set_https({.port = 7378, .ca_file = "/home/me/ca.pem", .ca_certificate = "PEM"});
    EXPECT_EQ(tls(), Json::parse(R"({"port": 7378, "caFile": "/home/me/ca.pem"})"));
    world.engine().set_https({.port = 7378, .ca_file = "", .ca_certificate = "PEM"});
    EXPECT_EQ(tls(), Json::parse(R"({"port": 7378})"));
}

TEST(CaCertificate, IsAnsweredWhereTheServerHasMadeIt) {
    World world;
    EXPECT_EQ(ask(world, "GET", "/_local/ca.pem").status, 404);
    EXPECT_THAT(ask(world, "GET", "/_local/ca.pem").text, HasSubstr("--tls-cert auto makes one"));
    world.engine().set_https({.port = 7378, .ca_file = "", .ca_certificate = ""});
    EXPECT_EQ(ask(world, "GET", "/_local/ca.pem").status, 404);
    EXPECT_THAT(ask(world, "GET", "/_local/ca.pem").text, HasSubstr("does not have the CA of the certificate"));
    world.engine().set_https({.port = 7378, .ca_file = "", .ca_certificate = "a certificate\n"});
    const Answer answer = ask(world, "GET", "/_local/ca.pem");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("content-type"), "application/x-pem-file");
    EXPECT_EQ(answer.text, "a certificate\n");
}

TEST(Health, AnswersHeadToo) {
    World world;
    EXPECT_EQ(ask(world, "HEAD", "/_local/health").status, 200);
    EXPECT_EQ(ask(world, "HEAD", "/_local/health").text, ask(world, "GET", "/_local/health").text)
        << "the network leaves it out, and needs its length";
}

TEST(Index, ListsEveryCall) {
    World world;
    const Answer response = ask(world, "GET", "/_local/");
    EXPECT_EQ(response.status, 200);
    const Json calls = Json::parse(response.text).at("calls");
    EXPECT_GE(calls.size(), 2u);
    for (const Json& call : calls) {
        const std::string path = call.at("path");
        const Answer answer = ask(world, call.at("method").get<std::string>(), path);
        EXPECT_TRUE(answer.status != 404 || answer.text.find("there is no /_local/") == std::string::npos) << path;
        EXPECT_NE(answer.status, 405) << path;
        EXPECT_LT(answer.status, 500) << path;
        EXPECT_FALSE(call.at("about").get<std::string>().empty()) << path;
    }
}

TEST(Control, RefusesAnUnknownCall) {
    const struct {
        const char* target;
        const char* error;
    } cases[] = {
        {"/_local/helth", "there is no /_local/helth; did you mean /_local/health?"},
        {"/_local/Health?a=b", "there is no /_local/Health; did you mean /_local/health?"},
        {"/_local", "there is no /_local; did you mean /_local/?"},
        {"/_local/health/", "there is no /_local/health/; did you mean /_local/health?"},
        {"/_local/something-else", "there is no /_local/something-else; GET /_local/ lists the calls"},
        {"/_local/\"quoted-thing\"", "there is no /_local/\"quoted-thing\"; GET /_local/ lists the calls"},
        {"/_local/none\xff-of-these-things",
         "there is no /_local/none\xef\xbf\xbd-of-these-things; GET /_local/ lists the calls"},
    };
    for (const auto& one : cases) {
        World world;
        const Answer response = ask(world, "GET", one.target);
        EXPECT_EQ(response.status, 404) << one.target;
        EXPECT_EQ(response.text, (Json{{"error", one.error}}.dump())) << one.target;
        EXPECT_EQ(response.header("content-type"), "application/json");
    }
}

TEST(Control, NamesTheMethodsOfACall) {
    World world;
    for (const char* const method : {"POST", "PUT", "DELETE", "PATCH", "get"}) {
        const Answer response = ask(world, method, "/_local/health", "{}");
        EXPECT_EQ(response.status, 405) << method;
        EXPECT_EQ(response.header("allow"), "GET, HEAD") << method;
        EXPECT_EQ(response.text, std::string(R"({"error":"/_local/health answers GET, HEAD, not )") + method + "\"}");
    }
    EXPECT_EQ(ask(world, "POST", "/_local/helth").status, 404) << "a call that does not exist has no methods";
}

}  // namespace
}  // namespace plocal::control
