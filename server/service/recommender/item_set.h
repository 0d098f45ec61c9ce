// A set of items by their index in a model, such as those that pass a filter. Plain values.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace plocal::recommender {

class ItemSet {
public:
    /// An empty set of items with indexes below `size`.
    explicit ItemSet(std::size_t size) : words_((size + 63) / 64) {}

    /// The set of all items with indexes below `size`.
    static ItemSet all(std::size_t size) {
        ItemSet items(size);
        for (std::uint64_t& word : items.words_) word = ~std::uint64_t{0};
        if (size % 64 != 0) items.words_.back() = bit(static_cast<std::uint32_t>(size)) - 1;
        return items;
    }

    void insert(std::uint32_t item) { words_[item / 64] |= bit(item); }
    void erase(std::uint32_t item) { words_[item / 64] &= ~bit(item); }
    bool contains(std::uint32_t item) const { return (words_[item / 64] & bit(item)) != 0; }

    /// Adds all items of a set of the same size, or takes them away.
    void insert(const ItemSet& items) {
        for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= items.words_[i];
    }
    void erase(const ItemSet& items) {
        for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= ~items.words_[i];
    }

    /// Calls `visit(item)` for each item in ascending order.
    template <typename Visit>
    void for_each(Visit visit) const {
        for (std::size_t word = 0; word < words_.size(); ++word) {
            for (std::uint64_t rest = words_[word]; rest != 0; rest &= rest - 1) {
                visit(static_cast<std::uint32_t>(word * 64 + static_cast<unsigned>(std::countr_zero(rest))));
            }
        }
    }

private:
    static std::uint64_t bit(std::uint32_t item) { return std::uint64_t{1} << (item % 64U); }

    std::vector<std::uint64_t> words_;
};

}  // namespace plocal::recommender
