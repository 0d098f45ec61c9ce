// Reads the rows of a view from the first to the last, a page at a time, for what is made in slices. On the thread that
// owns the store; every call may throw SqlError.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "server/service/runtime/row_page.h"
#include "storage/interaction_repository.h"
#include "storage/row_set.h"
#include "storage/store.h"

namespace plocal::runtime {

inline constexpr std::size_t rows_of_a_page = 200;  // take less than a millisecond

/// Items, users or actions in order of id.
class RowWalk {
public:
    explicit RowWalk(storage::RowView view) : view_(std::move(view)) {}

    /// Calls `visit(id, cells)` for the next page. Returns whether there may be more.
    template <typename Visit>
    bool next(storage::Store& store, Visit visit) {
        std::string last;
        if (hold_ == nullptr) hold_ = store.hold_rows();
        const std::size_t count =
            store.rows().scan(view_, after_, rows_of_a_page, [&](std::string_view id, std::string_view cells) {
                visit(id, cells);
                last = id;
            });
        after_ = std::move(last);
        return count == rows_of_a_page;
    }

    /// Adds the next page. Returns whether there may be more.
    bool next(storage::Store& store, RowPage& page) {
        return next(store, [&page](std::string_view id, std::string_view cells) { page.add(id, cells); });
    }

private:
    storage::RowView view_;
    std::shared_ptr<const void> hold_;  // the rows of the view stay
    std::string after_;
};

/// Interactions, oldest first.
class InteractionWalk {
public:
    explicit InteractionWalk(storage::RowView view) : view_(std::move(view)) {}

    /// Calls `visit(row)` for what is seen of the next page. Returns whether there may be more.
    template <typename Visit>
    bool next(storage::Store& store, Visit visit) {
        after_ = store.interactions().read_on(view_, after_, rows_of_a_page, visit);
        return after_.has_value();
    }

    /// Adds what is seen of the next page. Returns whether there may be more.
    bool next(storage::Store& store, InteractionPage& page) {
        return next(store, [&page](const storage::InteractionRow& row) { page.add(row); });
    }

private:
    storage::RowView view_;
    std::optional<storage::InteractionPosition> after_;
};

}  // namespace plocal::runtime
