// The statuses that a resource passes and what ends each of them, and their form on disk. Plain values, for any thread.
// server/service/lifecycle/timeline_state.h says what a timeline means at a moment.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/instant.h"

namespace plocal::storage {

/// What ends a step in time. The letters are part of the format on disk and never change.
enum class Ending : char {
    never = 'n',     // nothing: the last step
    duration = 'd',  // time on the owner's clock
    polls = 'l',     // a number of answered Describe calls
    command = 'c',   // a command of the tester
};

/// Work that a step stands for, such as the import of a file. The step lasts until its ending has come and the work is
/// over.
struct Work {
    bool decides_outcome = true;             // whether failed work leads to the failed status
    std::optional<base::Instant> over = {};  // when it succeeded or failed, on the owner's clock
    std::int64_t files = 0;                  // counts of the work that is over; 0 where they are unknown
    std::int64_t bytes = 0;
    std::int64_t lines = 0;
    std::int64_t errors = 0;
    std::string detail = {};  // what people want to know of it beside the counts; empty for nothing

    bool operator==(const Work&) const = default;
};

struct Step {
    std::string status;  // as the service answers it: "CREATE PENDING", "ACTIVE"
    Ending ending = Ending::never;
    std::chrono::milliseconds duration{};            // how long it lasts, where the ending is a duration
    std::int64_t polls = 0;                          // how many Describe calls end it, where the ending is polls
    std::optional<base::Instant> ended = {};         // when it ended, where the clock alone cannot tell
    std::string cause = {};                          // what ended it at `ended`; empty where unknown
    std::optional<std::string> failure_reason = {};  // its own reason; nothing: Timeline::failure_reason
    std::optional<Work> work = {};                   // nothing for a step without work

    bool operator==(const Step&) const = default;
};

struct Timeline {
    base::Instant begins{};        // when the first step began
    base::Instant changed{};       // the moment of the last change that is shown during the first step
    std::vector<Step> steps;       // empty for a kind without a status
    std::int64_t polls_taken = 0;  // at the current step
    std::string failure_reason;    // of every failed step that has no reason of its own
    std::string origin;            // what began the first step: "fixture", "rule:slow"; empty for a plain call

    bool operator==(const Timeline&) const = default;
};

/// The text of a timeline, one line, and back. The format reaches disk: what an earlier version wrote can be read for
/// ever, and reading a text gives the timeline that was written. A number that the step's ending does not use is not
/// written, nor is the cause of a step without `ended`, nor counts and detail of work that is not over.
/// `to_text` throws std::invalid_argument for a status that is empty or holds anything but letters, blanks and
/// underscores, for a cause or origin that `is_cause` refuses, and for work at a step that never ends. A failure reason
/// may hold anything.
/// `timeline_from_text` throws std::invalid_argument for a text that no version of `to_text` can have written.
std::string to_text(const Timeline& timeline);
Timeline timeline_from_text(std::string_view text);

/// Whether a word can be a cause or an origin: letters, digits, and any of `:._-`; not empty.
bool is_cause(std::string_view word);

}  // namespace plocal::storage
