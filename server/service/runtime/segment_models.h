// What segments of users are made from: the model of their interactions, and the rows of the items. Made when they are
// first asked for, and shared. On the thread that owns the store; calls throw NotMade and SqlError.
#pragma once

#include <memory>
#include <string>

#include "server/service/recommender/segment.h"
#include "server/service/recommender/trainer.h"
#include "server/service/runtime/group.h"
#include "server/service/runtime/kept.h"
#include "server/service/runtime/models.h"
#include "server/service/runtime/row_table.h"

namespace plocal::runtime {

/// As a training has seen them. Immutable, for any thread.
struct SegmentRows {
    std::shared_ptr<const recommender::SegmentModel> model;
    RowTable items;  // by their index in the model; all of them empty where the recipe asks for no attributes
};

/// Returns what a training of a segment recipe has seen. The settings must have a recipe.
Keyed<SegmentRows> find_segment_rows(Kept& kept, resources::Context& context, const Group& group,
                                     const storage::Training& training, const recommender::TrainingSettings& settings);

}  // namespace plocal::runtime
