// The operations of Personalize Events by name. On the thread that owns the store.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "server/base/json.h"
#include "server/service/events/known_targets.h"
#include "server/service/operations/handler.h"
#include "server/service/resources/context.h"

namespace plocal::events {

class Events {
public:
    Events();
    Events(const Events&) = delete;
    Events& operator=(const Events&) = delete;

    /// Runs the context's operation in one transaction: a request that is refused stores nothing. What became of each
    /// record is in the context's outcomes. Returns the body of the response, which is empty. Throws ApiError and
    /// SqlError.
    std::string run(resources::Context& context, const base::Json& input);

private:
    KnownTargets events_;
    KnownTargets actions_;
    std::map<std::string, operations::Entry, std::less<>> entries_;  // by operation
};

}  // namespace plocal::events
