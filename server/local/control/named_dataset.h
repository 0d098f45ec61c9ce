// The dataset that a control call names. On the thread that owns the world.
#pragma once

#include "server/local/control/control_call.h"
#include "server/local/world/world.h"
#include "server/service/data/dataset.h"

namespace plocal::control {

/// Returns the dataset of the parameter `dataset`. Throws ControlError: 400 where there is no such parameter; 404 where
/// the account of the call, "" for any, has no such dataset; 409 where the schema of the dataset is not known. Throws
/// SqlError.
data::Dataset named_dataset(world::World& world, const ControlCall& call);

}  // namespace plocal::control
