// Work on many things at once, for work that needs no lock.
#pragma once

#include <cstddef>
#include <functional>

namespace plocal::base {

/// How many threads may work at once: those of this machine, but at most four.
unsigned most_threads();

/// Calls `work` once for each index below `count`, in any order, on the calling thread and on others, with it at most
/// `most`. Returns once all calls have. Where some throw, the others are still made, and what one of them has thrown is
/// thrown. Few calls are made on the calling thread alone, and so are all where no other one is to be had.
void for_each_index(std::size_t count, unsigned most, const std::function<void(std::size_t)>& work);

}  // namespace plocal::base
