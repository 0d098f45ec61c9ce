// Work whose steps a test takes by hand, in a world without threads: a queue connected with the engine directly.
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
    /// Creations of this kind stand for work from here on. The world must outlive this.
    explicit HandWork(World& world, const std::string& kind = "batchInferenceJob")
        : queue_({{kind, [this](const storage::Record& record) { return begin(record); }}}, {.threads = 0}) {
        queue_.connect({[&world](const jobs::WorldTask& task) {
                            task(world.store());
                            return true;
                        },
                        [&world](const jobs::JobEnd& end) { world.engine().work().finish(end); }, [] {}});
        world.engine().work().connect(queue_);
    }

    /// The settings of a world in which a kind stands for work.
    static resources::ServiceSettings settings(const std::string& kind = "batchInferenceJob") {
        resources::ServiceSettings settings;
        settings.working_kinds = {kind};
        return settings;
    }

    /// Runs one slice, which ends like this. Returns false where there is no job.
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
