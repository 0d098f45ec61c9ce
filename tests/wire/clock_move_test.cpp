// A long move of a clock over real connections: others are answered meanwhile.
#include <algorithm>
#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "server/app/engine/gate.h"
#include "server/base/json.h"
#include "tests/support/http_client.h"
#include "tests/support/json_request.h"
#include "tests/support/loopback_server.h"
#include "tests/support/world.h"

namespace plocal::test {
namespace {

using base::Json;

/// A world in which a slice does one training; a hundred years of them never end within a test.
resources::ServiceSettings one_piece_a_slice() {
    resources::ServiceSettings settings;
    settings.due.slice_pieces = 1;
    return settings;
}

class ClockMoveOverSockets : public testing::TestWithParam<int> {
protected:
    ClockMoveOverSockets() {
        world_.load({{"solutions",
                      {{{"solutionArn", support::arn("solution/daily")},
                        {"performAutoTraining", true},
                        {"solutionConfig", {{"autoTrainingConfig", {{"schedulingExpression", "rate(1 day)"}}}}}}}}});
    }

    Json control(const std::string& path) {
        HttpClient client(server_.endpoint());
        const Answer answer = client.ask(json_request("GET", "/_local/" + path));
        EXPECT_EQ(answer.status, 200) << answer.body;
        return Json::parse(answer.body);
    }

    std::string now() { return control("clock")["now"]; }

    /// Returns the number of versions once there are more than that.
    std::size_t versions_beyond(std::size_t count) {
        for (;;) {
            const Json resources = control("health")["resources"];
            const std::size_t present = resources.value("solutionVersions", std::size_t{0});
            if (present > count) return present;
        }
    }

    support::World world_{one_piece_a_slice()};
    engine::Gate gate_{world_.engine()};
    LoopbackServer server_{gate_, GetParam(), {.stop_grace = std::chrono::minutes(2)}};
};

TEST_P(ClockMoveOverSockets, LetsOthersBeAnsweredAndCanBeStopped) {
    HttpClient client(server_.endpoint());
    client.send(json_request("POST", "/_local/clock/advance", {{"by", "876000h"}}));
    const std::size_t first = versions_beyond(0);
    const std::string between = now();
    const std::size_t second = versions_beyond(first);
    EXPECT_GT(now(), between);
    EXPECT_GT(second, first);
    EXPECT_TRUE(client.is_quiet());
    server_.listener().stop();
    const std::string answer = client.read_to_end();
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 503 ")) << answer;
    EXPECT_NE(answer.find("trainings: "), std::string::npos) << answer;
    EXPECT_TRUE(server_.drains());
}

TEST_P(ClockMoveOverSockets, AnswersTwoMovesOneAfterTheOther) {
    HttpClient one(server_.endpoint());
    HttpClient two(server_.endpoint());
    one.send(json_request("POST", "/_local/clock/advance", {{"by", "480h"}}));
    two.send(json_request("POST", "/_local/clock/advance", {{"by", "480h"}}));
    const Json first = Json::parse(one.read_answer().body);
    const Json second = Json::parse(two.read_answer().body);
    EXPECT_EQ(first["done"]["trainings"], 20);
    EXPECT_EQ(second["done"]["trainings"], 20);
    EXPECT_NE(first["now"], second["now"]);
    EXPECT_EQ(std::max(first["now"].get<std::string>(), second["now"].get<std::string>()), now());
}

INSTANTIATE_TEST_SUITE_P(OnThreads, ClockMoveOverSockets, testing::Values(1, 2), testing::PrintToStringParamName());

}  // namespace
}  // namespace plocal::test
