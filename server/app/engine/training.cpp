#include "server/app/engine/training.h"

#include <chrono>
#include <exception>
#include <memory>
#include <utility>
#include <variant>

#include "server/local/control/service_context.h"
#include "server/model/service.h"
#include "server/service/resources/kinds.h"
#include "server/service/runtime/runtime.h"

namespace plocal::engine {
namespace {

using jobs::JobContext;
using jobs::SliceEnd;
using runtime::Making;

/// Returns true once the resource has its model, or will have none. Begins the model where it is not begun.
bool is_trained(world::World& world, const std::string& arn) {
    const auto trained = world.store().resources().find(arn);
    if (!trained) return true;
    control::ServiceContext service(world, model::personalize_runtime().operations().front());
    return std::holds_alternative<runtime::ModelFacts>(world.runtime().train(service.context(), *trained));
}

class MakingJob {
public:
    MakingJob(world::World& world, std::string key, std::vector<std::string>& made)
        : world_(world), key_(std::move(key)), made_(made) {}

    SliceEnd slice(JobContext& context) {
        try {
            if (!is_read_) return read(context);
            constexpr std::chrono::milliseconds longest(5);
            const auto end = std::chrono::steady_clock::now() + longest;
            while (making_->compute()) {
                if (context.is_aborted()) return SliceEnd::aborted;
                if (std::chrono::steady_clock::now() >= end) return SliceEnd::unfinished;
            }
        } catch (const std::exception& error) {
            return leave(context, [&](runtime::Kept& kept) { kept.fail(key_, error.what()); });
        }
        return leave(context, [&](runtime::Kept& kept) { kept.finish(key_); });
    }

private:
    SliceEnd read(JobContext& context) {
        runtime::Kept::Read page;
        const bool has_run =
            context.run_in_world([&](storage::Store& store) { page = world_.runtime().kept().read(store, key_); });
        if (!has_run) return SliceEnd::aborted;
        making_ = page.making;
        making_->take_in();
        is_read_ = page.is_all;
        return SliceEnd::unfinished;
    }

    template <typename Last>
    SliceEnd leave(JobContext& context, Last last) {
        const bool has_run = context.run_in_world([&](storage::Store&) {
            last(world_.runtime().kept());
            made_.push_back(key_);
        });
        return has_run ? SliceEnd::done : SliceEnd::aborted;
    }

    world::World& world_;
    std::string key_;
    std::vector<std::string>& made_;
    std::shared_ptr<Making> making_;  // once it has rows
    bool is_read_ = false;            // has all of them
};

}  // namespace

std::vector<std::string> trained_kinds() {
    std::vector<std::string> names;
    for (const resources::Kind& kind : resources::kinds()) {
        if (kind.is_trained) names.emplace_back(kind.name);
    }
    return names;
}

jobs::JobMakers training_makers(world::World& world) {
    jobs::JobMakers makers;
    for (const std::string& kind : trained_kinds()) {
        makers.emplace(kind, [&world](const storage::Record& record) -> jobs::Job {
            return [&world, arn = record.arn](JobContext& context) {
                bool is_over = false;
                const auto task = [&](storage::Store&) { is_over = is_trained(world, arn); };
                if (!context.run_in_world(task)) return SliceEnd::aborted;
                return is_over ? SliceEnd::done : SliceEnd::unfinished;
            };
        });
    }
    return makers;
}

void ModelJobs::begin(jobs::Queue* queue) {
    if (queue == nullptr) return;
    runtime::Kept& kept = world_.runtime().kept();
    kept.leave_trainings_to_jobs();
    for (std::string& key : kept.take_for_jobs()) {
        const auto job = std::make_shared<MakingJob>(world_, std::move(key), made_);
        queue->add([job](JobContext& context) { return job->slice(context); });
    }
}

}  // namespace plocal::engine
