#include "server/telemetry/journal.h"

#include <algorithm>
#include <utility>

#include "server/telemetry/journal_text.h"

namespace plocal::telemetry {
namespace {

using model::Json;

std::size_t bytes_of(const JournalEntry& entry) {
    return sizeof entry + entry.id.size() + entry.operation.size() + entry.target.size() + entry.account.size() +
           entry.region.size() + entry.input.size() + entry.output.size() + entry.error.size() + entry.message.size() +
           entry.rule.size() + entry.connection.size();
}

/// The count of this name in a map of them, made where it is not there yet; allocates then only.
template <typename Map>
auto& entry_of(Map& map, std::string_view name) {
    const auto at = map.find(name);
    return at != map.end() ? at->second : map[std::string(name)];
}

}  // namespace

Journal::Journal(std::size_t capacity, std::size_t max_bytes) : capacity_(capacity), max_bytes_(max_bytes) {}

void Journal::record(JournalEntry entry) {
    count(entry);
    entry.target.resize(std::min(entry.target.size(), entry.target.find('?')));
    const std::size_t bytes = bytes_of(entry);
    if (capacity_ == 0 || bytes > max_bytes_) return;
    while (entries_.size() >= capacity_ || bytes_ + bytes > max_bytes_) drop_oldest();
    bytes_ += bytes;
    entries_.push_back(std::move(entry));
}

std::string Journal::tell(const Filter& filter) const {
    std::string text = R"({"requests":[)";
    std::size_t left = filter.limit.value_or(entries_.size());
    for (auto entry = entries_.rbegin(); entry != entries_.rend() && left > 0; ++entry) {
        if (!is_meant(*entry, filter)) continue;
        if (text.back() != '[') text += ',';
        add_entry(text, *entry);
        --left;
    }
    text += R"(],"counts":)";
    text += counts(filter).dump(-1, ' ', false, Json::error_handler_t::replace);
    text += '}';
    return text;
}

void Journal::clear() {
    entries_.clear();
    counts_.clear();
    bytes_ = 0;
}

void Journal::clear(std::string_view account) {
    std::erase_if(entries_, [&](const JournalEntry& entry) { return entry.account == account; });
    if (const auto at = counts_.find(account); at != counts_.end()) counts_.erase(at);
    bytes_ = 0;
    for (const JournalEntry& entry : entries_) bytes_ += bytes_of(entry);
}

void Journal::count(const JournalEntry& entry) {
    ++entry_of(entry_of(counts_, entry.account), operation_of(entry));
}

void Journal::drop_oldest() {
    bytes_ -= bytes_of(entries_.front());
    entries_.pop_front();
}

Json Journal::counts(const Filter& filter) const {
    Counts sums;
    for (const auto& [account, by_operation] : counts_) {
        if (filter.account && account != *filter.account) continue;
        for (const auto& [operation, number] : by_operation) {
            if (!filter.operation || operation == *filter.operation) sums[operation] += number;
        }
    }
    Json json = Json::object();
    for (const auto& [operation, number] : sums) json[operation] = number;
    return json;
}

}  // namespace plocal::telemetry
