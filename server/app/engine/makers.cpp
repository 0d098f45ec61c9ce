#include "server/app/engine/makers.h"

namespace plocal::engine {

void Makers::make(runtime::Runtime& runtime, storage::Store& store, const runtime::NotMade& missing,
                  const std::shared_ptr<Maker>& maker) {
    constexpr std::chrono::milliseconds slice(2);
    const std::shared_ptr<Maker> other = makers_[missing.key].lock();
    if (other && other != maker) return;
    makers_[missing.key] = maker;
    if (!runtime.make(store, missing, std::chrono::steady_clock::now() + slice)) makers_.erase(missing.key);
}

Makers::Moment Makers::next_check(const runtime::NotMade& missing, const std::shared_ptr<Maker>& maker) const {
    constexpr std::chrono::milliseconds check_of_others(20);
    constexpr std::chrono::seconds check_of_jobs(1);  // whose ends wake those that wait
    const Moment now = std::chrono::steady_clock::now();
    if (missing.is_made_by_job) return now + check_of_jobs;
    const auto found = makers_.find(missing.key);
    const std::shared_ptr<Maker> other = found == makers_.end() ? nullptr : found->second.lock();
    return other && other != maker ? now + check_of_others : now;
}

}  // namespace plocal::engine
