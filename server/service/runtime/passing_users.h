// Which users pass a filter of users, for segments. Made when it is first asked for, and kept. On the thread that owns
// the store; calls throw NotMade and SqlError.
#pragma once

#include <memory>

#include "server/model/languages/filter/bound.h"
#include "server/service/recommender/item_set.h"
#include "server/service/runtime/group.h"
#include "server/service/runtime/kept.h"
#include "server/service/runtime/segment_models.h"

namespace plocal::runtime {

/// Returns which users of a model pass a filter of users, by the rows and interactions that are seen now.
std::shared_ptr<const recommender::ItemSet> find_passing_users(
    Kept& kept, resources::Context& context, const Group& group, const Keyed<SegmentRows>& rows,
    const std::shared_ptr<const languages::BoundFilter>& filter);

}  // namespace plocal::runtime
