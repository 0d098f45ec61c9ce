#include "server/model/languages/schedule.h"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "server/model/api_error.h"

namespace plocal::languages {
namespace {

std::string refusal_of(const std::string& text) {
    try {
        return std::to_string(parse_schedule(text).count()) + " hours";
    } catch (const model::ApiError& error) {
        EXPECT_EQ(error.name(), "InvalidInputException");
        EXPECT_FALSE(error.why().empty());
        return error.message();
    }
}

// Fidelity: documented | The schedule of automatic training is `rate(N days)` | DG/API_AutoTrainingConfig.html
TEST(Schedule, IsAPeriodOfDays) {
    const struct {
        std::string text;
        std::chrono::hours period;
    } cases[] = {
        {"rate(1 day)", std::chrono::days(1)},    {"rate(1 days)", std::chrono::days(1)},
        {"rate(7 days)", std::chrono::days(7)},   {"rate(7 day)", std::chrono::days(7)},
        {"rate(007 days)", std::chrono::days(7)}, {"rate(30 days)", std::chrono::days(30)},
    };
    for (const auto& one : cases) EXPECT_EQ(parse_schedule(one.text), one.period) << one.text;
}

// Fidelity: documented | Automatic training repeats after at least 1 day and at most 30 days |
//   DG/API_AutoTrainingConfig.html
TEST(Schedule, RefusesANumberOfDaysOutOfBounds) {
    for (const std::string text :
         {"rate(0 days)", "rate(31 days)", "rate(365 days)", "rate(999999999999999999999 days)"}) {
        EXPECT_EQ(refusal_of(text),
                  "Invalid schedulingExpression '" + text + "': expected a number of days between 1 and 30.");
    }
}

TEST(Schedule, RefusesAnythingButARateInDays) {
    for (const std::string text : {"",
                                   "rate",
                                   "rate(",
                                   "rate(7",
                                   "rate()",
                                   "rate(days)",
                                   "rate(7 hours)",
                                   "rate(7 dayss)",
                                   "rate(7days)",
                                   "rate(7  days)",
                                   "rate(-7 days)",
                                   "rate(+7 days)",
                                   "rate(1.5 days)",
                                   "rate( 7 days)",
                                   "rate(7 days) ",
                                   " rate(7 days)",
                                   "RATE(7 days)",
                                   "cron(0 12 * * ? *)",
                                   "7 days",
                                   "rate(999999999999999999999)"}) {
        EXPECT_EQ(refusal_of(text), "Invalid schedulingExpression '" + text + "': expected rate(N days).");
    }
}

}  // namespace
}  // namespace plocal::languages
