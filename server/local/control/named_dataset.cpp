#include "server/local/control/named_dataset.h"

#include <optional>
#include <string>
#include <utility>

#include "server/local/control/control_error.h"

namespace plocal::control {

data::Dataset named_dataset(world::World& world, const ControlCall& call) {
    const std::string arn = call.parameter("dataset").value_or("");
    if (arn.empty()) refuse_value("dataset", "the ARN of a dataset", arn);
    const auto record = world.store().resources().find(arn);
    const bool is_seen = record && (call.account.empty() || record->owner.account == call.account);
    if (!is_seen || record->kind != "dataset") {
        throw ControlError(
            404, "there is no dataset " + arn + (call.account.empty() ? std::string() : " of account " + call.account));
    }
    const base::Instant now = world.tenants().clocks.of(record->owner.account).now();
    auto dataset = data::dataset_of(world.store(), *record, now);
    if (!dataset) throw ControlError(409, "the schema of the dataset is not known, so its columns are not");
    return *std::move(dataset);
}

}  // namespace plocal::control
