// What the jobs that read and write objects use beside the store: built in app, the same for all of them. It outlives
// the jobs.
#pragma once

#include <functional>
#include <string_view>

#include "server/service/resources/context.h"
#include "server/service/runtime/runtime.h"
#include "server/service/s3/object_store.h"

namespace plocal::jobs {

struct JobWorld {
    using ContextTask = std::function<void(resources::Context& context, runtime::Runtime& runtime)>;

    /// Where the objects are. On a thread of the queue, never inside a world task.
    s3::ObjectStore& objects;

    /// Calls a function with a context that sees all resources, at the present moment of their clocks. Only inside a
    /// world task, and once in it.
    std::function<void(const ContextTask&)> with_context;
};

}  // namespace plocal::jobs
