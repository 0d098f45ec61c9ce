// Rows that outlive the call that read them, so that they are worked on off the thread that owns the store. Plain
// values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/interaction_row.h"

namespace plocal::runtime {

/// Items, users or actions.
class RowPage {
public:
    void add(std::string_view id, std::string_view cells) { rows_.emplace_back(id, cells); }

    /// Calls `visit(id, cells)` for each row, in order, and forgets them.
    template <typename Visit>
    void take(Visit visit) {
        for (const auto& [id, cells] : rows_) visit(std::string_view(id), std::string_view(cells));
        rows_.clear();
    }

private:
    std::vector<std::pair<std::string, std::string>> rows_;
};

class InteractionPage {
public:
    void add(const storage::InteractionRow& row) { rows_.emplace_back(row); }

    /// Calls `visit(row)` for each interaction, in order, and forgets them.
    template <typename Visit>
    void take(Visit visit) {
        for (const Copy& copy : rows_) visit(copy.row());
        rows_.clear();
    }

private:
    class Copy {
    public:
        explicit Copy(const storage::InteractionRow& row);
        storage::InteractionRow row() const;

    private:
        std::string user_id_;
        std::string item_id_;
        std::optional<std::string> event_type_;
        std::optional<std::string> event_id_;
        std::optional<std::string> session_id_;
        std::string cells_;
        storage::InteractionRow rest_;  // what is no text
    };

    std::vector<Copy> rows_;
};

}  // namespace plocal::runtime
