// Many short lists in two arrays: list i holds the values from begins[i] up to begins[i + 1]. Plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace plocal::recommender {

template <typename Value>
struct Lists {
    std::vector<std::uint32_t> begins{0};
    std::vector<Value> values;

    std::size_t size() const { return begins.size() - 1; }

    std::span<const Value> operator[](std::size_t list) const {
        return std::span(values).subspan(begins[list], begins[list + 1] - begins[list]);
    }

    /// Ends the list that the latest values were appended to.
    void end_list() { begins.push_back(static_cast<std::uint32_t>(values.size())); }

    std::size_t memory_bytes() const {
        return begins.capacity() * sizeof(std::uint32_t) + values.capacity() * sizeof(Value);
    }
};

/// Returns for each value below `count` the lists that contain it, in ascending order.
inline Lists<std::uint32_t> inverted(const Lists<std::uint32_t>& lists, std::size_t count) {
    Lists<std::uint32_t> result;
    result.begins.assign(count + 1, 0);
    result.values.resize(lists.values.size());
    for (const std::uint32_t value : lists.values) ++result.begins[value + 1];
    for (std::size_t i = 0; i < count; ++i) result.begins[i + 1] += result.begins[i];
    std::vector<std::uint32_t> ends(result.begins.begin(), result.begins.end() - 1);
    for (std::size_t list = 0; list < lists.size(); ++list) {
        for (const std::uint32_t value : lists[list]) result.values[ends[value]++] = static_cast<std::uint32_t>(list);
    }
    return result;
}

}  // namespace plocal::recommender
