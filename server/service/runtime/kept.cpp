#include "server/service/runtime/kept.h"

#include <iterator>
#include <stdexcept>
#include <utility>

namespace plocal::runtime {

bool Kept::make(storage::Store& store, const std::string& key, Moment end) {
    const auto found = begun_.find(key);
    if (found == begun_.end() || found->second.failure) return false;
    if (is_made_by_job(*found->second.making)) return true;
    const auto is_late = [end] { return std::chrono::steady_clock::now() >= end; };
    Begun& begun = found->second;
    const std::shared_ptr<Making> making = begun.making;
    try {
        while (!begun.is_read) {
            begun.is_read = !making->read(store);
            making->take_in();
            if (!begun.is_read && is_late()) return true;
        }
        while (making->compute()) {
            if (is_late()) return true;
        }
    } catch (...) {
        begun_.erase(found);
        throw;
    }
    finish(key);
    return false;
}

Kept::Read Kept::read(storage::Store& store, const std::string& key) {
    const std::shared_ptr<Making> making = begun_.at(key).making;
    try {
        return {making, !making->read(store)};
    } catch (...) {
        begun_.erase(key);
        throw;
    }
}

void Kept::finish(const std::string& key) {
    const auto found = begun_.find(key);
    const Begun& begun = found->second;
    const std::size_t bytes = begun.making->memory_bytes();
    keep({key, begun.subject, begun.making->take(), bytes}, begun.begun_by);
    begun_.erase(found);
}

void Kept::fail(const std::string& key, std::string reason) {
    Begun& begun = begun_[key];
    begun.making.reset();
    begun.failure = std::move(reason);
}

std::shared_ptr<const void> Kept::find_value(const std::string& key) {
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return nullptr;
    values_.splice(values_.begin(), values_, found->second);
    values_.front().used_by = request_;
    return values_.front().value;
}

Kept::Begun* Kept::find_begun(const std::string& key) {
    const auto found = begun_.find(key);
    if (found == begun_.end()) return nullptr;
    if (!found->second.failure) return &found->second;
    const std::string reason = *std::move(found->second.failure);
    begun_.erase(found);
    throw std::runtime_error(reason);
}

/// Values that the request uses which began this one are kept whatever their size: it would have to make them again.
void Kept::keep(Value value, std::int64_t begun_by) {
    if (const auto former = by_subject_.find(value.subject); former != by_subject_.end()) drop(former->second);
    value.used_by = begun_by;
    bytes_ += value.bytes;
    values_.push_front(std::move(value));
    const auto kept = values_.begin();
    by_key_.emplace(kept->key, kept);
    if (!kept->subject.empty()) by_subject_.emplace(kept->subject, kept);
    while (bytes_ > most_bytes_ && values_.back().used_by < begun_by) drop(std::prev(values_.end()));
}

void Kept::drop(Values::iterator value) {
    bytes_ -= value->bytes;
    by_key_.erase(value->key);
    if (!value->subject.empty()) by_subject_.erase(value->subject);
    values_.erase(value);
}

void Kept::drop_unused() {
    for (auto next = values_.begin(); next != values_.end();) {
        const auto value = next++;
        if (value->used_by < last_drop_) drop(value);
    }
    last_drop_ = ++request_;
}

}  // namespace plocal::runtime
