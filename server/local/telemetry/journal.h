// The journal: the last requests of the services and their answers. On the thread that owns the world.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "server/local/telemetry/journal_entry.h"

namespace plocal::telemetry {

class Journal {
public:
    static constexpr std::size_t max_text_bytes = std::size_t{64} << 20U;

    /// Keeps the last `capacity` entries, and fewer where they would need more than `max_bytes` with their texts.
    explicit Journal(std::size_t capacity, std::size_t max_bytes = max_text_bytes);

    /// Copies the texts of an entry, without the query of its target. Drops the oldest entries where there is no room.
    /// An entry that does not fit alone is counted and not kept.
    void record(JournalEntry entry);

    /// Returns `{"requests": [...], "counts": {...}, "next": "..."}`, the newest request first. Counts are by operation
    /// since the start or the last clear, whether or not the request is still kept. The filter narrows them, but for
    /// its limit. With an ARN, a result, a rule or an id, only requests that are kept are counted. `next` is there
    /// where the limit has cut the list: the id after which the rest begins.
    std::string to_json(const JournalFilter& filter) const;

    /// Removes all entries and counts, or those of one account.
    void clear();
    void clear(std::string_view account);

    std::size_t size() const { return entries_.size(); }

private:
    using Counts = std::map<std::string, std::int64_t, std::less<>>;

    /// An entry that owns its texts, in one piece.
    class Kept {
    public:
        /// Replaces the content of `room` by the texts of the entry. Reusing the memory of a dropped entry saves an
        /// allocation.
        Kept(const JournalEntry& entry, std::string room);

        JournalEntry entry() const;
        std::size_t bytes() const { return sizeof *this + texts_.size(); }
        std::string take_room() { return std::move(texts_); }

    private:
        JournalEntry entry_;  // only the lengths of its views are valid
        std::string texts_;
    };

    using Newest = std::deque<Kept>::const_reverse_iterator;

    void count(const JournalEntry& entry);
    Newest first_of(const JournalFilter& filter) const;
    std::string drop_oldest();
    Counts counts(const JournalFilter& filter) const;
    Counts kept_counts(const JournalFilter& filter) const;

    std::size_t capacity_;
    std::size_t max_bytes_;
    std::size_t bytes_ = 0;
    std::deque<Kept> entries_;                           // the oldest first
    std::map<std::string, Counts, std::less<>> counts_;  // by account, then by operation
};

}  // namespace plocal::telemetry
