#include "server/service/runtime/kept.h"

namespace plocal::runtime {

bool Kept::make(storage::Store& store, const std::string& key, std::chrono::steady_clock::time_point end) {
    const auto found = makings_.find(key);
    if (found == makings_.end()) return false;
    try {
        do {
            if (!found->second.making->step(store)) {
                keep(key, found->second);
                makings_.erase(found);
                return false;
            }
        } while (std::chrono::steady_clock::now() < end);
    } catch (...) {
        makings_.erase(found);
        throw;
    }
    return true;
}

std::shared_ptr<const void> Kept::find_value(const std::string& key) {
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return nullptr;
    values_.splice(values_.begin(), values_, found->second);
    values_.front().used_by = request_;
    return values_.front().value;
}

/// Values that the request uses which began this one are kept whatever their size: it would have to make them again.
void Kept::keep(const std::string& key, Begun& begun) {
    const std::size_t bytes = begun.making->memory_bytes();
    values_.push_front({key, begun.making->take(), bytes, begun.begun_by});
    by_key_.emplace(values_.front().key, values_.begin());
    bytes_ += bytes;
    while (bytes_ > most_bytes_ && values_.back().used_by < begun.begun_by) {
        bytes_ -= values_.back().bytes;
        by_key_.erase(values_.back().key);
        values_.pop_back();
    }
}

}  // namespace plocal::runtime
