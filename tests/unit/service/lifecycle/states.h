// Timelines as lines of text that a test can read, with times from `start` on.
#pragma once

#include <chrono>
#include <initializer_list>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/service/lifecycle/plan.h"
#include "server/service/lifecycle/timeline_state.h"
#include "tests/unit/service/lifecycle/moment.h"

namespace plocal::lifecycle {

inline const base::Instant start = at("2026-01-31T12:00:00.123Z");

inline Plan plan_of(Progression progression) {
    Plan result;
    result.progression = progression;
    result.pending = std::chrono::milliseconds(1'000);
    result.in_progress = std::chrono::milliseconds(2'000);
    result.calls = 2;
    return result;
}

inline Plan failing(Progression progression, const std::string& reason = "no space") {
    Plan result = plan_of(progression);
    result.fails = true;
    result.failure_reason = reason;
    return result;
}

/// A plan whose status in progress stands for work.
inline Plan working(Progression progression) {
    Plan result = plan_of(progression);
    result.does_work = true;
    return result;
}

/// "STATUS since MS", and ": REASON" where there is one.
inline std::string text_of(const storage::Timeline& timeline, std::chrono::milliseconds after) {
    const State state = state_at(timeline, start + after);
    std::string text = std::string(state.status) + " since " + std::to_string((state.changed - start).count());
    return state.failure_reason.empty() ? text : text + ": " + std::string(state.failure_reason);
}

struct At {
    std::chrono::milliseconds after;
    const char* text;
};

inline void expect_states(const storage::Timeline& timeline, std::initializer_list<At> states) {
    for (const At& each : states) EXPECT_EQ(text_of(timeline, each.after), each.text) << each.after.count() << " ms";
}

/// The history up to then, each line "STATUS at MS by CAUSE".
inline std::vector<std::string> lines_of(const storage::Timeline& timeline, std::chrono::milliseconds after) {
    std::vector<std::string> lines;
    for (const StatusChange& change : history(timeline, start + after)) {
        lines.push_back(change.status + " at " + std::to_string((change.at - start).count()) + " by " + change.cause);
    }
    return lines;
}

}  // namespace plocal::lifecycle
