#include "server/service/recommender/id_table.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace plocal::recommender {

std::optional<std::uint32_t> IdTable::find(std::string_view id) const {
    std::size_t low = 0;
    std::size_t high = size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if ((*this)[middle] < id) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == size() || (*this)[low] != id) return std::nullopt;
    return static_cast<std::uint32_t>(low);
}

std::uint32_t IdInterner::intern(std::string_view id) {
    if (size() * 2 >= slots_.size()) grow();
    std::uint32_t& slot = slots_[slot_of(id)];
    if (slot == 0) {
        ids_.bytes_ += id;
        ids_.begins_.push_back(ids_.bytes_.size());
        slot = static_cast<std::uint32_t>(size());
    }
    return slot - 1;
}

/// The slot that holds the id, or the empty one where it belongs.
std::size_t IdInterner::slot_of(std::string_view id) const {
    std::size_t slot = std::hash<std::string_view>{}(id) & (slots_.size() - 1);
    while (slots_[slot] != 0 && ids_[slots_[slot] - 1] != id) slot = (slot + 1) & (slots_.size() - 1);
    return slot;
}

void IdInterner::grow() {
    constexpr std::size_t least = 64;
    slots_.assign(std::max(least, slots_.size() * 2), 0);
    for (std::uint32_t number = 0; number < size(); ++number) slots_[slot_of(ids_[number])] = number + 1;
}

IdTable IdInterner::sorted(std::vector<std::uint32_t>& places) const {
    std::vector<std::uint32_t> order(size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {}, [this](std::uint32_t number) { return ids_[number]; });
    places.resize(size());
    IdTable table;
    table.bytes_.reserve(ids_.bytes_.size());
    table.begins_.reserve(size() + 1);
    for (const std::uint32_t number : order) {
        places[number] = static_cast<std::uint32_t>(table.size());
        table.bytes_ += ids_[number];
        table.begins_.push_back(table.bytes_.size());
    }
    return table;
}

}  // namespace plocal::recommender
