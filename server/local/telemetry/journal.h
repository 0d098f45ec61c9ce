// The last requests and their answers, as texts. On the thread that owns the world. It is given no headers, so that no
// signature and no token can be in it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "server/base/instant.h"
#include "server/base/json.h"

namespace plocal::telemetry {

/// One request. What is empty is left out when it is told. The views need to live as long as the entry is looked at.
struct JournalEntry {
    std::string_view id;  // the request's
    base::Instant at{};
    std::string_view operation;  // as the model names it; empty where the request names none that is known
    std::string_view target;  // of such a request: method, path and query; record() cuts the query, which may be signed
    std::string_view account;
    std::string_view region;
    std::string_view input;      // the body as it came
    bool is_input_json = false;  // whether all of it has been read as JSON; else it is told as a text
    std::string_view output;     // JSON that was answered; empty for a refusal
    std::string_view error;      // the refusal's name
    std::string_view message;    // and its text
    int status = 0;
    std::chrono::microseconds duration{};
    std::string_view rule;        // id of the rule that fired
    std::string_view connection;  // what was done to the connection: reset, close, truncate
};

class Journal {
public:
    static constexpr std::size_t max_text_bytes = std::size_t{64} << 20U;

    /// Keeps the last `capacity` entries, fewer where their texts and the entries themselves would pass `max_bytes`.
    explicit Journal(std::size_t capacity, std::size_t max_bytes = max_text_bytes);

    /// Copies the texts. Once the journal is full, into the room of those that they displace.
    void record(JournalEntry entry);

    /// All that is given must be so.
    struct Filter {
        std::optional<std::string> account;
        std::optional<std::string> operation;
        std::optional<std::string> arn;  // a text of the input; or of a Create's output, which names what it made
        std::optional<std::size_t> limit;
    };

    /// `{"requests": [...], "counts": {...}}`, the newest request first. Counts are by operation ("unknown" for none)
    /// since the start or the last clear, also of requests that are no longer kept. They are narrowed as the requests
    /// are, but for the limit; to an ARN, though, among those that are kept.
    std::string to_json(const Filter& filter) const;

    void clear();
    void clear(std::string_view account);  // all of one account's, its counts too

    std::size_t size() const { return entries_.size(); }

private:
    using Counts = std::map<std::string, std::int64_t, std::less<>>;

    /// An entry whose texts lie in one piece.
    class Kept {
    public:
        /// Puts the entry's texts into `room`, whatever it holds.
        Kept(const JournalEntry& entry, std::string room);

        JournalEntry entry() const;
        std::size_t bytes() const { return sizeof *this + texts_.size(); }
        std::string take_room() { return std::move(texts_); }

    private:
        JournalEntry entry_;  // its views tell lengths, not places
        std::string texts_;
    };

    void count(const JournalEntry& entry);
    std::string drop_oldest();
    Counts counts(const Filter& filter) const;
    Counts kept_counts(const Filter& filter) const;

    std::size_t capacity_;
    std::size_t max_bytes_;
    std::size_t bytes_ = 0;
    std::deque<Kept> entries_;                           // the oldest first
    std::map<std::string, Counts, std::less<>> counts_;  // by account, then by operation
};

}  // namespace plocal::telemetry
