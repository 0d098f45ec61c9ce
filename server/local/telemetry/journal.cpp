#include "server/local/telemetry/journal.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "server/base/json.h"

namespace plocal::telemetry {
namespace {

using base::Json;

// The texts of an entry, in the order in which they are kept.
constexpr std::array texts_of_entry = {&JournalEntry::id,      &JournalEntry::operation, &JournalEntry::target,
                                       &JournalEntry::account, &JournalEntry::region,    &JournalEntry::input,
                                       &JournalEntry::output,  &JournalEntry::error,     &JournalEntry::message,
                                       &JournalEntry::why,     &JournalEntry::rule,      &JournalEntry::connection};

/// Returns the entry of a map. Makes it where it is absent, and allocates only then.
template <typename Map>
auto& entry_of(Map& map, std::string_view name) {
    const auto at = map.find(name);
    return at != map.end() ? at->second : map[std::string(name)];
}

}  // namespace

Journal::Kept::Kept(const JournalEntry& entry, std::string room) : entry_(entry), texts_(std::move(room)) {
    texts_.clear();
    for (const auto text : texts_of_entry) texts_ += entry.*text;
}

JournalEntry Journal::Kept::entry() const {
    JournalEntry entry = entry_;
    std::size_t at = 0;
    for (const auto text : texts_of_entry) {
        entry.*text = std::string_view(texts_).substr(at, (entry.*text).size());
        at += (entry.*text).size();
    }
    return entry;
}

Journal::Journal(std::size_t capacity, std::size_t max_bytes) : capacity_(capacity), max_bytes_(max_bytes) {}

void Journal::record(JournalEntry entry) {
    count(entry);
    entry.target = entry.target.substr(0, entry.target.find('?'));
    std::size_t bytes = sizeof(Kept);
    for (const auto text : texts_of_entry) bytes += (entry.*text).size();
    if (capacity_ == 0 || bytes > max_bytes_) return;
    std::string room;
    while (entries_.size() >= capacity_ || bytes_ + bytes > max_bytes_) room = drop_oldest();
    bytes_ += entries_.emplace_back(entry, std::move(room)).bytes();
}

std::string Journal::to_json(const JournalFilter& filter) const {
    std::string text = R"({"requests":[)";
    std::size_t left = filter.limit.value_or(entries_.size());
    std::string_view last;
    bool is_cut = false;
    for (auto kept = first_of(filter); kept != entries_.rend(); ++kept) {
        const JournalEntry entry = kept->entry();
        if (!matches(entry, filter)) continue;
        is_cut = left == 0 && !last.empty();
        if (left == 0) break;
        if (text.back() != '[') text += ',';
        add_entry(text, entry, filter.has_bodies);
        last = entry.id;
        --left;
    }
    text += R"(],"counts":)";
    const bool counts_kept = filter.arn || filter.result || filter.rule || filter.id;
    text += base::json_text(Json(counts_kept ? kept_counts(filter) : counts(filter)));
    if (is_cut) text.append(R"(,"next":)").append(Json(last).dump());
    text += '}';
    return text;
}

/// The newest entry that a list may have. Where the one to begin after is gone, all older ones are too.
Journal::Newest Journal::first_of(const JournalFilter& filter) const {
    if (!filter.after) return entries_.rbegin();
    const auto at = std::find_if(entries_.rbegin(), entries_.rend(),
                                 [&filter](const Kept& kept) { return kept.entry().id == *filter.after; });
    return at == entries_.rend() ? at : std::next(at);
}

void Journal::clear() {
    entries_.clear();
    counts_.clear();
    bytes_ = 0;
}

void Journal::clear(std::string_view account) {
    std::erase_if(entries_, [&](const Kept& kept) { return kept.entry().account == account; });
    if (const auto at = counts_.find(account); at != counts_.end()) counts_.erase(at);
    bytes_ = 0;
    for (const Kept& kept : entries_) bytes_ += kept.bytes();
}

void Journal::count(const JournalEntry& entry) {
    ++entry_of(entry_of(counts_, entry.account), operation_of(entry));
}

std::string Journal::drop_oldest() {
    bytes_ -= entries_.front().bytes();
    std::string room = entries_.front().take_room();
    entries_.pop_front();
    return room;
}

Journal::Counts Journal::counts(const JournalFilter& filter) const {
    Counts sums;
    for (const auto& [account, by_operation] : counts_) {
        if (filter.account && account != *filter.account) continue;
        for (const auto& [operation, number] : by_operation) {
            if (!filter.operation || operation == *filter.operation) sums[operation] += number;
        }
    }
    return sums;
}

Journal::Counts Journal::kept_counts(const JournalFilter& filter) const {
    Counts sums;
    for (const Kept& kept : entries_) {
        const JournalEntry entry = kept.entry();
        if (matches(entry, filter)) ++entry_of(sums, operation_of(entry));
    }
    return sums;
}

}  // namespace plocal::telemetry
