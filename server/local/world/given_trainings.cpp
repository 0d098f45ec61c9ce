#include "server/local/world/given_trainings.h"

#include <algorithm>

#include "server/service/lifecycle/timeline_state.h"
#include "server/service/operations/training_data.h"
#include "server/service/resources/kinds.h"
#include "server/service/resources/life.h"

namespace plocal::world {
namespace {

/// So many take about a millisecond.
constexpr std::size_t trainings_of_a_step = 50;

}  // namespace

bool is_given_as_trained(const snapshot::Fixture& fixture) {
    const storage::Record& record = fixture.record;
    if (!resources::kind_named(record.kind).is_trained || record.timeline.steps.empty()) return false;
    return lifecycle::state_at(record.timeline, fixture.now).status != lifecycle::create_pending;
}

bool GivenTrainings::step(storage::Store& store) {
    if (next_ == given_.size()) return false;
    if (next_ == 0 && store.visible_rows().counts().empty()) return false;  // no dataset has ever had rows
    const std::size_t end = std::min(next_ + trainings_of_a_step, given_.size());
    storage::sqlite::Transaction transaction = store.begin();
    for (; next_ < end; ++next_) store_one(store, given_[next_]);
    transaction.commit();
    return next_ < given_.size();
}

void GivenTrainings::store_one(storage::Store& store, const GivenTraining& given) {
    const auto record = store.resources().find(given.arn);
    if (!record || store.trainings().find(given.arn)) return;
    const storage::TrainedResource resource = resources::trained_resource(store, *record);
    const auto revision = known_revision(store, resource.dataset_group);
    if (revision) store.trainings().stage(given.layer, resource, {*revision, given.loaded});
}

/// All resources of one load know the same rows of a group.
std::optional<std::int64_t> GivenTrainings::known_revision(storage::Store& store, const std::string& group) {
    const auto [entry, is_new] = revisions_.try_emplace(group);
    if (is_new && operations::has_rows(store, group)) entry->second = store.row_sets().revision(group);
    return entry->second;
}

}  // namespace plocal::world
