// Which of the requests that wait for the same value makes it, a slice at each check, where no job does; the others
// check now and then. On the thread that owns the world.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>

#include "server/service/runtime/runtime.h"
#include "storage/store.h"

namespace plocal::engine {

/// A request that waits; kept as long as it does.
struct Maker {};

class Makers {
public:
    using Moment = std::chrono::steady_clock::time_point;

    /// Makes a slice of what is missing, unless another request that still waits does so. Throws SqlError.
    void make(runtime::Runtime& runtime, storage::Store& store, const runtime::NotMade& missing,
              const std::shared_ptr<Maker>& maker);

    /// Returns when a request that waits is to be checked again.
    Moment next_check(const runtime::NotMade& missing, const std::shared_ptr<Maker>& maker) const;

private:
    std::map<std::string, std::weak_ptr<Maker>> makers_;  // by what is missing
};

}  // namespace plocal::engine
