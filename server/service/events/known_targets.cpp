#include "server/service/events/known_targets.h"

#include <cstddef>
#include <utility>

#include "storage/store.h"

namespace plocal::events {
namespace {

/// A program has a few trackers.
constexpr std::size_t most_targets = 1000;

}  // namespace

std::shared_ptr<const Target> KnownTargets::find(resources::Context& context, const std::string& tracking_id,
                                                 Target (*look_up)(resources::Context&, const std::string&)) {
    const std::int64_t writes = context.store.resources().writes();
    const std::int64_t switches = context.store.switches();
    if (writes != writes_ || switches != switches_ || found_.size() > most_targets) {
        found_.clear();
        writes_ = writes;
        switches_ = switches;
    }
    std::string key =
        context.scope.account.value_or("*") + ' ' + context.scope.region.value_or("*") + ' ' + tracking_id;
    if (const auto found = found_.find(key); found != found_.end()) return found->second;
    auto target = std::make_shared<const Target>(look_up(context, tracking_id));
    if (!target->may_change) found_.emplace(std::move(key), target);
    return target;
}

}  // namespace plocal::events
