// The resources of a kind from the oldest to the newest, page by page, where the store lists the newest first: all
// pages are found first, then read again from the last one to the first. On the thread that owns the store; every call
// may throw SqlError.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/record.h"
#include "storage/store.h"

namespace plocal::snapshot {

class OldestFirst {
public:
    static constexpr std::size_t most_at_once = 150;  // resources of a page

    /// The store must outlive it. It needs sixteen bytes for each page.
    OldestFirst(storage::Store& store, std::string_view kind) : store_(store), kind_(kind) {}

    bool are_pages_known() const { return are_pages_known_; }

    /// Finds one more page. Returns the number of resources that were read for it.
    std::size_t find_page();

    /// Returns true if there are pages to read, once they are known.
    bool has_page() const { return pages_.size() > 1; }

    /// Replaces `page` by the next page, its newest resource first. Returns the number of resources that were read.
    std::size_t read_page(std::vector<storage::Record>& page);

private:
    std::vector<storage::Record> page_behind(const std::optional<storage::Position>& position);

    storage::Store& store_;
    std::string kind_;
    bool are_pages_known_ = false;
    std::vector<storage::Position> pages_;  // between them, newest first: each page is behind one, up to the next one
};

}  // namespace plocal::snapshot
