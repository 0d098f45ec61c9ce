// Work that a test runs step by step in a world without threads: a queue connected directly to the engine.
#pragma once

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "server/service/jobs/queue.h"
#include "tests/support/world.h"

namespace plocal::support {

class HandWork {
public:
    /// From now on a creation of this kind starts work. The world must outlive this object.
    explicit HandWork(World& world, const std::string& kind = "batchInferenceJob")
        : queue_({{kind, [this](const storage::Record& record) { return begin(record); }}}, {.threads = 0}) {
        queue_.connect({[&world](const jobs::WorldTask& task) {
                            task(world.store());
                            return true;
                        },
                        [&world](const jobs::JobEnd& end) { world.engine().work().finish(end); }, [] {}});
        world.engine().work().connect(queue_);
    }

    /// The settings of a world in which a creation of this kind starts work.
    static resources::ServiceSettings settings(const std::string& kind = "batchInferenceJob") {
        resources::ServiceSettings settings;
        settings.working_kinds = {kind};
        return settings;
    }

    /// Runs one slice of the next job, which ends as given. Returns false if no job is queued.
    bool step(jobs::SliceEnd end = jobs::SliceEnd::unfinished, std::string reason = {}) {
        end_ = end;
        reason_ = std::move(reason);
        return queue_.run_slice();
    }
    bool succeed() { return step(jobs::SliceEnd::done); }
    bool fail(std::string reason) { return step(jobs::SliceEnd::failed, std::move(reason)); }

    /// The names of the resources whose jobs have begun, in order.
    const std::vector<std::string>& begun() const { return begun_; }
    std::size_t in_queue() const { return queue_.size(); }

private:
    jobs::Job begin(const storage::Record& record) {
        begun_.push_back(record.name);
        return [this](jobs::JobContext& context) {
            context.progress.lines += 10;
            context.failure_reason = reason_;
            return end_;
        };
    }

    jobs::SliceEnd end_ = jobs::SliceEnd::unfinished;
    std::string reason_;
    std::vector<std::string> begun_;
    jobs::Queue queue_;
};

}  // namespace plocal::support
