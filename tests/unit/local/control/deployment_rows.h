// The rows of the datasets of a deployment walk, as plain values. Pure.
#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace plocal::deployment {

/// An item, or an interaction with it.
struct WalkRow {
    std::string item;
    std::string user = {};  // of an interaction
    std::string event_type = {};
    bool is_put = false;  // by the service, not imported
};

class RowBook {
public:
    /// Each of these changes the rows of a dataset. The items that are put are never those that are imported.
    void add_items(const std::string& dataset, const std::vector<WalkRow>& items) {
        std::vector<WalkRow>& rows = datasets_[dataset];
        for (const WalkRow& item : items) {
            std::erase_if(rows, [&](const WalkRow& row) { return row.item == item.item; });
            rows.push_back(item);
        }
    }
    void add_interactions(const std::string& dataset, const std::vector<WalkRow>& interactions) {
        std::vector<WalkRow>& rows = datasets_[dataset];
        rows.insert(rows.end(), interactions.begin(), interactions.end());
    }
    void drop_imported(const std::string& dataset) {
        std::erase_if(datasets_[dataset], [](const WalkRow& row) { return !row.is_put; });
    }

    /// Forgets the rows of the datasets that do not exist any more.
    template <typename Exists>
    void keep_if(Exists exists) {
        std::erase_if(datasets_, [&](const auto& each) { return !exists(each.first); });
    }

    std::size_t count(const std::string& dataset) const { return rows_of(dataset).size(); }
    bool has_event(const std::string& dataset, const std::string& user, const std::string& item,
                   const std::string& event_type) const {
        return std::ranges::any_of(rows_of(dataset), [&](const WalkRow& row) {
            return row.user == user && row.item == item && row.event_type == event_type;
        });
    }

private:
    const std::vector<WalkRow>& rows_of(const std::string& dataset) const {
        static const std::vector<WalkRow> none;
        const auto found = datasets_.find(dataset);
        return found == datasets_.end() ? none : found->second;
    }

    std::map<std::string, std::vector<WalkRow>> datasets_;
};

}  // namespace plocal::deployment
