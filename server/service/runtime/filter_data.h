// What filters read for one request: the rows of its items or actions, of its user and its item, and the user's
// interactions. On the thread that owns the store; calls may throw SqlError.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/model/languages/filter/fields.h"
#include "server/service/runtime/group.h"
#include "server/service/runtime/history.h"
#include "server/service/runtime/row_table.h"
#include "storage/store.h"

namespace plocal::runtime {

class FilterData : public languages::FilterColumns, public languages::FilterFields {
public:
    /// Returns the index of an item or action of the request, or nothing for one that it does not know.
    using Find = std::function<std::optional<std::uint32_t>(std::string_view id)>;

    /// Reads the rows of user and item. All must outlive this.
    FilterData(resources::Context& context, const Group& group, std::string_view user, std::string_view item);

    /// The row of the current item; empty where there is none.
    const data::Row& item() const { return item_; }

    /// The rows by index, which need not cover all.
    void set_rows(std::shared_ptr<const RowTable> rows) { rows_ = std::move(rows); }

    /// The user's interactions with items or with actions, which must outlive this.
    void set_events(languages::FilterEvents events, const std::vector<PastEvent>& history, const Find& find);

    /// Returns the indexes that the user has interactions of this kind with.
    std::vector<std::uint32_t> with_events(languages::FilterEvents events) const;

    std::optional<std::size_t> filter_column(std::string_view dataset, std::string_view name) const override;
    languages::FilterCell filter_cell(std::size_t row, std::size_t column) const override;
    languages::FilterCell current_user_cell(std::size_t column) const override;
    languages::FilterCell current_item_cell(std::size_t column) const override;
    std::span<const std::string_view> filter_event_types(languages::FilterEvents events,
                                                         std::size_t row) const override;

private:
    using Types = std::unordered_map<std::uint32_t, std::vector<std::string_view>>;  // by index

    const Types& types_of(languages::FilterEvents events) const {
        return events == languages::FilterEvents::items ? with_items_ : with_actions_;
    }

    const Group& group_;
    std::shared_ptr<const RowTable> rows_ = std::make_shared<RowTable>();
    data::Row user_;
    data::Row item_;
    Types with_items_;
    Types with_actions_;
};

/// Returns a cell of a row, null for a column that it does not have. Lives as long as the row.
languages::FilterCell filter_cell_of(const data::Row& row, std::size_t column);

/// Reads the row of an id as it is seen now. Empty where there is none.
data::Row read_row(resources::Context& context, const data::Dataset* dataset, std::string_view id);

}  // namespace plocal::runtime
