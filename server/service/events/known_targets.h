// Where events with a tracking id go, looked up and kept as long as no resource changes. On the thread that owns the
// store; every call may throw ApiError and SqlError.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "server/service/events/targets.h"
#include "server/service/resources/context.h"

namespace plocal::events {

class KnownTargets {
public:
    /// Returns what the function does for the caller and this tracking id. It must be the same function for an id.
    std::shared_ptr<const Target> find(resources::Context& context, const std::string& tracking_id,
                                       Target (*look_up)(resources::Context&, const std::string&));

private:
    std::map<std::string, std::shared_ptr<const Target>> found_;
    std::int64_t writes_ = -1;  // of the resources when they were found
    std::int64_t switches_ = -1;
};

}  // namespace plocal::events
