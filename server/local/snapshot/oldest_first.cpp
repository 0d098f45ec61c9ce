#include "server/local/snapshot/oldest_first.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace plocal::snapshot {
namespace {

using storage::Position;
using storage::Record;

Position position_of(const Record& record) {
    return {record.created, record.place};
}

/// Returns true where a list, which is newest first, has the record behind the position.
bool is_behind(const Record& record, const Position& position) {
    return std::pair(record.created, record.place) < std::pair(position.created, position.place);
}

}  // namespace

std::vector<Record> OldestFirst::page_behind(const std::optional<Position>& position) {
    return store_.resources().list(
        {.scope = {}, .kind = kind_, .parent = {}, .after = position, .limit = most_at_once});
}

std::size_t OldestFirst::find_page() {
    const std::vector<Record> records = page_behind(pages_.empty() ? std::nullopt : std::optional(pages_.back()));
    are_pages_known_ = records.size() < most_at_once;
    if (records.empty()) return 0;
    if (pages_.empty()) pages_.push_back({records.front().created, records.front().id + 1});
    pages_.push_back(position_of(records.back()));
    return records.size();
}

std::size_t OldestFirst::read_page(std::vector<Record>& page) {
    const Position end = pages_.back();
    pages_.pop_back();
    page.clear();
    std::size_t count = 0;
    for (Position behind = pages_.back();;) {  // more than one round where others have added resources to the page
        std::vector<Record> more = page_behind(behind);
        count += more.size();
        const bool is_last =
            more.size() < most_at_once || is_behind(more.back(), end) || position_of(more.back()) == end;
        if (!more.empty()) behind = position_of(more.back());
        std::ranges::move(more, std::back_inserter(page));
        if (is_last) break;
    }
    std::erase_if(page, [&end](const Record& record) { return is_behind(record, end); });
    return count;
}

}  // namespace plocal::snapshot
