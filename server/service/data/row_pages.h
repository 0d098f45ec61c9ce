// Reads typed rows page by page. On the thread that owns the store; every call may throw SqlError.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "server/service/data/cell.h"
#include "server/service/data/columns.h"
#include "storage/interaction_repository.h"
#include "storage/row_set.h"
#include "storage/store.h"

namespace plocal::data {

/// Which rows are read. Items, users and actions come by id, interactions by time and then arrival.
struct PageRequest {
    std::optional<std::string> id = {};    // of one item, user or action
    std::optional<std::string> user = {};  // whose interactions
    std::optional<std::string> item = {};  // interactions with this item or action
    std::string after = {};                // the `next` of the page before; empty for the first one
    std::size_t limit = 1000;
};

/// Returns true for a text that may be `after`.
bool is_position(const Columns& columns, std::string_view after);

/// Calls `visit` for each row of a page. Returns where the next page begins, or "" where there is none: letters,
/// digits, `-`, `_`, `.` and `~` alone. Throws base::JsonError if a row is damaged in the file. `visit` must not write.
std::string read_page(storage::Store& store, const storage::RowView& view, const Columns& columns,
                      const PageRequest& request, const std::function<void(const Row& row)>& visit);

/// Fills a row from what the store has.
void fill(const Columns& columns, std::string_view id, std::string_view cells, Row& row);
void fill(const Columns& columns, const storage::InteractionRow& interaction, Row& row);

}  // namespace plocal::data
