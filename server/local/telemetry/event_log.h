// The event log: the last records that were sent to Personalize Events, and what became of each. On the thread that
// owns the world.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "server/base/instant.h"

namespace plocal::telemetry {

enum class EventOutcome { stored, ignored, refused };

/// Returns "stored", "ignored" or "refused".
std::string_view text_of(EventOutcome outcome);

/// Returns nothing for any other text.
std::optional<EventOutcome> outcome_of(std::string_view text);

/// Empty members are left out of the JSON.
struct EventEntry {
    base::Instant at{};
    std::string account;
    std::string operation;
    std::string tracking_id;
    std::string dataset_arn;
    std::string user_id;
    std::string session_id;
    std::string record;  // its JSON as sent; empty where none could be read, which the JSON shows as null
    EventOutcome outcome = EventOutcome::stored;
    std::string why;
    std::uint64_t number = 0;  // set by the log, in the order of entries
};

/// Selects entries: all that is given must match.
struct EventFilter {
    std::optional<std::string> account;
    std::optional<std::string> tracking_id;
    std::optional<std::string> dataset_arn;
    std::optional<std::string> user_id;
    std::optional<std::string> session_id;
    std::optional<EventOutcome> outcome;
    std::optional<std::uint64_t> after;  // only entries older than the one of this number
    std::optional<std::size_t> limit;    // the maximum number of entries
};

class EventLog {
public:
    static constexpr std::size_t max_text_bytes = std::size_t{64} << 20U;

    /// Keeps the last `capacity` entries, and fewer where they would need more than `max_bytes` with their texts.
    explicit EventLog(std::size_t capacity, std::size_t max_bytes = max_text_bytes)
        : capacity_(capacity), max_bytes_(max_bytes) {}

    /// Drops the oldest entries where there is no room. An entry that does not fit alone is not kept.
    void record(EventEntry entry);

    /// Returns `{"events": [...], "next": "..."}`, the newest entry first. `next` is there where the limit has cut the
    /// list: the number after which the rest begins.
    std::string to_json(const EventFilter& filter) const;

    /// Removes all entries, or those of one account.
    void clear();
    void clear(std::string_view account);

    std::size_t size() const { return entries_.size(); }

private:
    void drop_oldest();

    std::size_t capacity_;
    std::size_t max_bytes_;
    std::size_t bytes_ = 0;
    std::uint64_t last_number_ = 0;
    std::deque<EventEntry> entries_;  // the oldest first
};

}  // namespace plocal::telemetry
