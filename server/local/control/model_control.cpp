#include "server/local/control/model_control.h"

#include <memory>
#include <utility>
#include <vector>

#include "server/local/control/control_error.h"
#include "server/local/control/explanation_json.h"
#include "server/local/control/model_making.h"
#include "server/local/control/resource_control.h"
#include "server/local/control/service_context.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/resources/kinds.h"
#include "server/service/resources/life.h"

namespace plocal::control {
namespace {

using base::Json;
using storage::Record;
using world::World;

std::string read_arn(const Json& body) {
    std::string arn;
    std::vector<base::Problem> problems;
    base::read_members(body, {"arn"}, "is none of a training", problems, [&arn](std::string_view, const Json& value) {
        if (value.is_string()) arn = value.get<std::string>();
        return value.is_string() ? "" : "an ARN";
    });
    if (arn.empty() && problems.empty()) problems.push_back({"/arn", "an ARN", "none"});
    refuse_problems(problems);
    return arn;
}

/// Stores that the resource knows the rows of this moment.
storage::Training begin_training(World& world, const Record& record) {
    ServiceContext service(world, model::personalize_runtime().operations().front());
    const storage::TrainedResource resource = resources::trained_resource(world.store(), record);
    const base::Instant now = service.context().readings.now_of(record.owner.account);
    const storage::Training training{world.store().row_sets().revision(resource.dataset_group), now};
    storage::sqlite::Transaction transaction = world.store().begin();
    world.store().trainings().put(resource, training);
    transaction.commit();
    return training;
}

Record find_trained(World& world, const std::string& account, const std::string& arn) {
    Record record = find_with_status(world, account, arn);
    const resources::Kind& kind = resources::kind_named(record.kind);
    if (!kind.is_trained) {
        throw ControlError(400, "expected a solution version or recommender, found a " + std::string(kind.words),
                           "/arn");
    }
    const base::Instant now = world.tenants().clocks.of(record.owner.account).now();
    const std::string_view status = lifecycle::state_at(record.timeline, now).status;
    if (status != lifecycle::active) {
        throw ControlError(409, "the " + std::string(kind.words) + " is " + std::string(status) + ", not ACTIVE");
    }
    return record;
}

}  // namespace

LongCall train(World& world, const ControlCall& call) {
    const auto record = std::make_shared<const Record>(find_trained(world, call.account, read_arn(call.json())));
    const storage::Training training = begin_training(world, *record);
    return {record->arn, [&world, record, training](RealTime now, bool is_stopping) -> Checked {
                ServiceContext service(world, model::personalize_runtime().operations().front());
                const auto facts =
                    made(world, world.runtime().facts_of(service.context(), *record, training), now, is_stopping);
                if (const auto* const later = std::get_if<RealTime>(&facts)) return *later;
                return facts_json(std::get<runtime::ModelFacts>(facts), "arn");
            }};
}

LongCall explain(World& world, const ControlCall& call) {
    auto question = std::make_shared<const Question>(read_question(call));
    return {"", [&world, question](RealTime now, bool is_stopping) -> Checked {
                std::variant<Json, RealTime> answer = answer_to(world, *question, now, is_stopping);
                if (const auto* const later = std::get_if<RealTime>(&answer)) return *later;
                return std::get<Json>(std::move(answer));
            }};
}

}  // namespace plocal::control
