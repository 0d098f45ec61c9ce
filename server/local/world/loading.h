// The loading of documents into a world, in steps short enough to let requests in between. Nobody sees any of it before
// the last step, which makes all of it visible at once. On the thread that owns the world.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "server/local/snapshot/fixture.h"
#include "server/local/world/restorable.h"
#include "server/local/world/staging.h"
#include "server/local/world/tenant_settings.h"

namespace plocal::world {

class Loading {
public:
    /// What is loaded, under which settings, and what happens in the last step.
    struct Plan {
        std::unique_ptr<TenantSettings> settings;  // those under which the resources were read
        std::unique_ptr<lifecycle::ClockReadings> readings;
        snapshot::Reading reading;  // without problems
        std::unique_ptr<Staging> staging;
        std::map<std::string, Restorable::Part> shown = {};  // by account, once `finish` has made them visible

        /// Makes the staged resources visible and takes over the settings. Called once, outside a transaction.
        std::function<void(Plan&)> finish;
    };

    explicit Loading(Plan plan) : plan_(std::move(plan)) {}

    /// Takes the next step. Returns false after the last one. Throws what `finish` throws, and SqlError; what was loaded
    /// is dropped with this object then.
    bool step();

private:
    Plan plan_;
    std::size_t loaded_ = 0;
};

}  // namespace plocal::world
