#include "server/service/recommender/model.h"

#include <algorithm>
#include <numeric>

namespace plocal::recommender {

std::size_t Model::memory_bytes() const {
    return sizeof(Model) + items.memory_bytes() + weights.capacity() * sizeof(double) +
           order.capacity() * sizeof(std::uint32_t) + users.memory_bytes() + histories.memory_bytes() +
           neighbours.memory_bytes() + parts_of_items.memory_bytes() + items_of_parts.memory_bytes();
}

void order_items(Model& model) {
    model.order.resize(model.weights.size());
    std::iota(model.order.begin(), model.order.end(), 0U);
    std::ranges::stable_sort(model.order, std::greater<>(), [&](std::uint32_t item) { return model.weights[item]; });
    model.total = std::accumulate(model.weights.begin(), model.weights.end(), 0.0);
}

}  // namespace plocal::recommender
