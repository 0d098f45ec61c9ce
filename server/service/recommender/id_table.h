// Ids as whole numbers: an interner numbers them as they come, a table numbers them in bytewise order. Plain values; a
// table is immutable, for any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plocal::recommender {

/// Different ids in bytewise order.
class IdTable {
public:
    std::size_t size() const { return begins_.size() - 1; }

    /// The id at an index below size(). It lives as long as the table.
    std::string_view operator[](std::size_t index) const {
        return std::string_view(bytes_).substr(begins_[index], begins_[index + 1] - begins_[index]);
    }

    /// The index of an id; nothing for an unknown one.
    std::optional<std::uint32_t> find(std::string_view id) const;

    std::size_t memory_bytes() const { return bytes_.capacity() + begins_.capacity() * sizeof(std::size_t); }

private:
    friend class IdInterner;

    std::string bytes_;
    std::vector<std::size_t> begins_{0};
};

class IdInterner {
public:
    /// Returns the number of an id: 0 for the first one, and the same number whenever it comes again.
    std::uint32_t intern(std::string_view id);

    std::size_t size() const { return ids_.size(); }

    /// Returns the table of all ids. `places[number]` becomes the index in the table of the id with that number.
    IdTable sorted(std::vector<std::uint32_t>& places) const;

private:
    std::size_t slot_of(std::string_view id) const;
    void grow();

    IdTable ids_;                       // in the order of their numbers
    std::vector<std::uint32_t> slots_;  // a hash table with open addressing: number + 1, or 0 where empty
};

}  // namespace plocal::recommender
