#include "server/service/jobs/exported_rows.h"

#include <limits>
#include <utility>

#include "server/service/data/row_pages.h"

namespace plocal::jobs {
namespace {

constexpr std::size_t rows_of_a_page = 200;

/// What of a view came this way.
storage::RowView part_of(storage::RowView view, std::string_view mode) {
    if (mode == "ALL") return view;
    if (mode == "BULK") {
        view.last_put_ms = std::numeric_limits<std::int64_t>::min();
    } else {
        for (storage::RowLevel& level : view.levels) level.is_without_bulk = true;
    }
    return view;
}

std::optional<std::string_view> text_in(const std::optional<std::string>& text) {
    return text ? std::optional<std::string_view>(*text) : std::nullopt;
}

}  // namespace

ExportedRows::ExportedRows(const data::Columns& columns, storage::RowView view, std::string_view mode)
    : columns_(columns),
      view_(part_of(std::move(view), mode)),
      has_newest_alone_(mode == "ALL"),
      writer_(data::RowFormat::csv, columns) {}

bool ExportedRows::read_page(storage::Store& store) {
    count_ = 0;
    if (columns_.are_interactions()) {
        read_interactions(store);
    } else {
        read_rows(store);
    }
    return count_ == rows_of_a_page;
}

/// Returns a place in the page, whose texts keep their memory.
ExportedRows::Read& ExportedRows::next_place() {
    if (count_ == page_.size()) page_.emplace_back();
    return page_[count_++];
}

void ExportedRows::read_interactions(storage::Store& store) {
    const auto keep = [this](const storage::InteractionRow& row, const storage::InteractionPosition& position) {
        Read& read = next_place();
        read.id = row.user_id;
        read.item = row.item_id;
        read.event_type = row.event_type;
        read.event_value = row.event_value;
        read.time_s = row.time_s;
        read.cells = row.cells;
        last_interaction_.position = position;
        return true;
    };
    store.interactions().user_by_user(view_, last_interaction_, rows_of_a_page, keep);
    if (count_ > 0) last_interaction_.user_id = page_[count_ - 1].id;
}

void ExportedRows::read_rows(storage::Store& store) {
    const auto keep = [this](std::string_view id, std::string_view cells) {
        Read& read = next_place();
        read.id = id;
        read.cells = cells;
    };
    const auto keep_version = [this, &keep](std::string_view id, std::string_view cells, std::int64_t batch) {
        keep(id, cells);
        last_row_.batch = batch;
    };
    if (has_newest_alone_) {
        store.rows().scan(view_, last_row_.id, rows_of_a_page, keep);
    } else {
        store.rows().scan_versions(view_, last_row_, rows_of_a_page, keep_version);
    }
    if (count_ > 0) last_row_.id = page_[count_ - 1].id;
}

void ExportedRows::write_page(std::string& out, Progress& progress) {
    for (std::size_t i = 0; i < count_; ++i) {
        fill(page_[i]);
        line_.clear();
        writer_.add(row_, line_);
        if (!is_new(page_[i])) continue;
        out += line_;
        ++progress.lines;
    }
}

void ExportedRows::fill(const Read& read) {
    if (!columns_.are_interactions()) {
        data::fill(columns_, read.id, read.cells, row_);
        return;
    }
    storage::InteractionRow interaction{.user_id = read.id,
                                        .item_id = read.item,
                                        .event_type = text_in(read.event_type),
                                        .event_value = read.event_value,
                                        .time_s = read.time_s};
    interaction.cells = read.cells;
    data::fill(columns_, interaction, row_);
}

/// Returns true for the first row of its id and second that has this line.
bool ExportedRows::is_new(const Read& read) {
    if (group_id_ != read.id || group_time_s_ != read.time_s) {
        group_id_ = read.id;
        group_time_s_ = read.time_s;
        group_.clear();
    }
    return group_.insert(line_).second;
}

}  // namespace plocal::jobs
