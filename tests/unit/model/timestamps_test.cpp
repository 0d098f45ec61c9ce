#include "server/model/timestamps.h"

#include <optional>

#include <gtest/gtest.h>

namespace plocal::model {
namespace {

TEST(ReadTimestamp, TakesTextsAndSeconds) {
    const struct {
        const char* json;
        std::optional<std::int64_t> ms;
    } cases[] = {
        {R"("2023-11-14T22:13:20.123Z")", 1'700'000'000'123},
        {R"("2023-11-14T22:13:20.123456+00:00")", 1'700'000'000'123},
        {R"("2023-11-14")", 1'699'920'000'000},
        {"1700000000.123", 1'700'000'000'123},
        {"1.700000000123E9", 1'700'000'000'123},
        {"1700000000", 1'700'000'000'000},
        {"0", 0},
        {"-1.5", -1'500},
        {"1700000000.1239", 1'700'000'000'124},
        {"253402300799", 253'402'300'799'000},
        {"253402300800", std::nullopt},
        {"1700000000123", std::nullopt},
        {"1e300", std::nullopt},
        {"-1e300", std::nullopt},
        {R"("1700000000")", std::nullopt},
        {R"("")", std::nullopt},
        {"null", std::nullopt},
        {"true", std::nullopt},
        {"[]", std::nullopt},
        {"{}", std::nullopt},
    };
    for (const auto& one : cases) {
        const auto moment = read_timestamp(base::parse_json(one.json));
        EXPECT_EQ(moment ? std::optional(moment->time_since_epoch().count()) : std::nullopt, one.ms) << one.json;
    }
}

}  // namespace
}  // namespace plocal::model
