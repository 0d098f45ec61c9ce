// The campaign or recommender that a request names, and what it answers from. On the thread that owns the store; every
// call may throw SqlError.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "server/base/instant.h"
#include "server/base/json.h"
#include "server/service/recommender/recipe_table.h"
#include "server/service/recommender/trainer.h"
#include "server/service/resources/context.h"
#include "server/service/runtime/group.h"
#include "storage/record.h"
#include "storage/trainings.h"

namespace plocal::runtime {

struct Source {
    std::string arn;
    std::string account;
    bool is_recommender = false;
    std::string trained_arn;                 // of the solution version or recommender; "" where it is unknown
    std::optional<storage::Record> trained;  // nothing where it is taken to exist
    std::string group_arn;                   // "" where it is unknown
    recommender::TrainingSettings settings;  // without a recipe where that is unknown
    bool has_metadata = false;
    bool may_change = false;  // by the clock alone
};

/// Returns the source that `campaignArn` or `recommenderArn` of the input names. Throws ApiError if there is not
/// exactly one, and for one that does not exist or is not ACTIVE.
Source find_source(resources::Context& context, const base::Json& input);

/// Returns the source that a solution version or recommender itself is, whatever its status.
Source trained_source(resources::Context& context, const storage::Record& trained);

/// Returns the recipe of a source for an operation. One that is unknown, as for a campaign that a fixture gives by its
/// ARN alone, is taken to be the usual one for such a request. Throws ApiError if the recipe answers another operation.
const recommender::Recipe& recipe_for(const Source& source, recommender::Answers wanted, const base::Json& input);

/// Returns what the source knows: what is stored, else what was there when its training began. One that a fixture gives
/// as trained while its group has no rows knows what is there now, from the first request that finds rows. Returns
/// nothing while there are none. `stores` says whether that becomes stored.
std::optional<storage::Training> training_of(resources::Context& context, const Source& source, const Group& group,
                                             bool stores);

}  // namespace plocal::runtime
