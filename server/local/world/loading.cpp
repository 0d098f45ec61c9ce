#include "server/local/world/loading.h"

#include <algorithm>
#include <span>

namespace plocal::world {

bool Loading::step() {
    constexpr std::size_t most_resources = 250;
    constexpr std::size_t most_references = 2'000;
    std::vector<snapshot::Fixture>& fixtures = plan_.reading.fixtures;
    if (loaded_ < fixtures.size()) {
        const std::size_t count = std::min(most_resources, fixtures.size() - loaded_);
        plan_.staging->add(std::span(fixtures).subspan(loaded_, count), *plan_.readings);
        loaded_ += count;
        return true;
    }
    if (plan_.staging->complete(most_references)) return true;
    plan_.finish(plan_);
    return false;
}

}  // namespace plocal::world
