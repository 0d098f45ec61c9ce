#include "server/local/world/staging.h"

#include <exception>

#include "server/local/snapshot/absent_references.h"
#include "server/local/world/import_checks.h"
#include "server/service/lifecycle/timeline_state.h"

namespace plocal::world {

using snapshot::Fixture;
using storage::Record;

namespace {

/// Returns true where a stored resource has the members of a fixture, and its status.
bool agrees_with(const Fixture& fixture, const Record& stored) {
    if (fixture.record.kind != stored.kind || fixture.record.document != stored.document) return false;
    if (stored.timeline.steps.empty()) return true;
    const auto status = [now = fixture.now](const Record& record) {
        return lifecycle::state_at(record.timeline, now).status;
    };
    return status(fixture.record) == status(stored);
}

/// Returns true where a stored resource is not what a fixture says, for another reason than the time since it was
/// stored.
bool differs_from_stored(const Fixture& fixture, const Record& stored) {
    // A resource in progress has advanced since it was loaded. That is not a difference.
    const bool is_in_progress = fixture.record.timeline.steps.size() > 1;
    return is_in_progress ? stored.document != fixture.record.document : !agrees_with(fixture, stored);
}

}  // namespace

Staging::~Staging() {
    if (layers_.empty()) return;
    try {
        storage::sqlite::Transaction transaction = store_.begin();
        for (const auto& [account, layer] : layers_) store_.layers().drop(layer);
        transaction.commit();
    } catch (const std::exception&) {
        // The layers are invisible, and the next process removes what is invisible.
    }
}

void Staging::add(std::span<Fixture> fixtures) {
    storage::sqlite::Transaction transaction = store_.begin();
    for (Fixture& fixture : fixtures) add_one(fixture);
    transaction.commit();
}

void Staging::add_one(Fixture& fixture) {
    if (!rules_.displaced && is_taken(fixture)) return;
    for (storage::Reference& reference : fixture.references) {
        reference.assumed = !fixture.absent.contains(reference.arn) && !will_exist(reference.arn);
        if (reference.assumed && !snapshot::is_of_aws(reference.arn)) taken_to_exist_.insert(reference.arn);
    }
    Record& record = fixture.record;
    const std::int64_t layer = layer_of(record.owner.account);
    if (!resources::stage_life(store_, life_, layer, record, fixture.references, fixture.now)) return;
    store_.tags().stage(layer, record.arn, fixture.tags);
    const bool is_in_progress = record.stable.at && *record.stable.at > fixture.now;
    const bool is_due_by_moment = record.due && record.created == fixture.now;
    depends_on_moment_ = depends_on_moment_ || is_in_progress || is_due_by_moment;
}

/// Returns true if the ARN is visible. Throws Conflict, or notes it, where the resource differs.
bool Staging::is_taken(const Fixture& fixture) {
    const auto visible = store_.resources().find(fixture.record.arn);
    if (!visible) return false;
    if (rules_.refuses_others) {
        if (!agrees_with(fixture, *visible)) {
            throw Conflict("there is another " + visible->arn + " already", fixture.place.pointer);
        }
    } else if (differs_from_stored(fixture, *visible)) {
        differences_.push_back(fixture.place.text() +
                               " differs from what the database has, which stays: " + visible->arn);
    }
    return true;
}

bool Staging::will_exist(const std::string& arn) {
    if (arns_ != nullptr && arns_->contains(arn)) return true;
    if (rules_.displaced && rules_.displaced->empty()) return false;
    if (taken_to_exist_.contains(arn)) return false;
    const auto visible = store_.resources().find(arn);
    return visible && stays(visible->owner.account);
}

bool Staging::stays(std::string_view account) const {
    return !rules_.displaced || (!rules_.displaced->empty() && *rules_.displaced != account);
}

std::int64_t Staging::layer_of(const std::string& account) {
    const auto [layer, is_new] = layers_.try_emplace(account, 0);
    if (is_new) layer->second = store_.layers().add(account, rules_.use);
    return layer->second;
}

void Staging::show() {
    std::vector<std::int64_t> dropped;
    for (const storage::Layer& layer : store_.layers().live()) {
        if (!stays(layer.account) && !spared_.contains(layer.id)) dropped.push_back(layer.id);
    }
    std::vector<std::int64_t> shown;
    for (const auto& [account, layer] : layers_) {
        const auto twin = rules_.displaced ? std::nullopt : store_.resources().find_twin(layer, last_id_before_);
        if (twin) throw Conflict("there is another " + *twin + " already", "");
        shown.push_back(layer);
    }
    store_.switch_layers(shown, dropped);
}

std::vector<std::string> Staging::notes() const {
    std::vector<std::string> notes = differences_;
    for (const std::string& arn : taken_to_exist_) notes.push_back(snapshot::assumption_note(arn));
    return notes;
}

}  // namespace plocal::world
