// The statuses a resource passes and what lets each one end. Plain values: what a timeline means at a given
// moment is told by server/lifecycle/lifecycle.h.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/instant.h"

namespace plocal::storage {

/// What lets a step end. The letters reach disk and are frozen.
enum class Ending : char {
    never = 'n',     // the last step
    duration = 'd',  // time on the owner's clock
    polls = 'l',     // a number of answered Describe calls
    command = 'c',   // somebody says so
};

struct Step {
    std::string status;  // as the service really answers it: "CREATE PENDING", "ACTIVE"
    Ending ending = Ending::never;
    std::chrono::milliseconds duration{};  // how long it lasts, where ending is duration
    std::int64_t polls = 0;                // how many looks end it, where ending is looks
    std::optional<base::Instant> ended;    // when it ended, where no clock can tell: looks and command
    std::string cause;                     // what ended it then: a word as Timeline::origin is; empty for unknown

    bool operator==(const Step&) const = default;
};

struct Timeline {
    base::Instant begins{};        // when the first step began
    base::Instant changed{};       // the last change as told while the first step lasts
    std::vector<Step> steps;       // empty for a kind that has no status
    std::int64_t polls_taken = 0;  // at the step that is waiting for looks
    std::string failure_reason;    // told in a failed status alone
    std::string origin;            // what began the first step: "fixture", "rule:slow"; empty for a plain call

    bool operator==(const Timeline&) const = default;
};

/// A timeline as one line of text, and back. The format is frozen: it reaches disk. A duration or a number of looks
/// that the step's ending does not use is not kept, nor is the cause of an end that is not told. `to_text` throws
/// std::invalid_argument for a status that is empty or holds anything but letters, blanks and underscores, and for a
/// cause or origin that `is_cause` refuses; the failure reason may hold anything.
/// `timeline_from_text` throws std::invalid_argument for a text that `to_text` cannot have made.
std::string to_text(const Timeline& timeline);
Timeline timeline_from_text(std::string_view text);

/// Whether a word can be kept as a cause: letters, digits, and any of `:._-`.
bool is_cause(std::string_view word);

}  // namespace plocal::storage
