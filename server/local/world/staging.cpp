#include "server/local/world/staging.h"

#include <algorithm>

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

/// Returns true if a resource would be another one if it were loaded at another moment.
bool depends_on_moment(const Record& record, base::Instant now) {
    const bool is_in_progress = record.stable.at && *record.stable.at > now;
    const bool is_due_by_moment = record.due && record.created == now;
    return is_in_progress || is_due_by_moment;
}

}  // namespace

Staging::~Staging() {
    for (const std::int64_t layer : spared_) store_.layers().release(layer);
    for (const StagedLayer& layer : layers_) store_.layers().give_up(layer.id);
}

void Staging::add(std::span<Fixture> fixtures) {
    storage::sqlite::Transaction transaction = store_.begin();
    std::vector<Fixture*> added;
    std::vector<resources::StagedLife> lives;
    for (Fixture& fixture : fixtures) {
        if (!rules_.displaced && !is_alone() && is_taken(fixture)) continue;
        if (!rules_.knows_references) look_up_references(fixture);
        note_doubts(fixture);
        added.push_back(&fixture);
        lives.push_back({fixture.record, fixture.references, fixture.now});
    }
    const auto layer_of_life = [this](const resources::StagedLife& life) {
        return layer_of(life.record.owner.account, is_moving(life.record, life.now));
    };
    const std::vector<storage::NewResource> rows = resources::stage_lives(store_, life_, layer_of_life, lives);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].is_inserted) add_parts(*added[i], rows[i].layer);
    }
    transaction.commit();
}

void Staging::note_doubts(const Fixture& fixture) {
    if (!fixture.doubt.empty()) doubts_.push_back(fixture.doubt);
    if (operations::FilterDoubts::concerns(fixture.record.kind))
        filter_doubts_.note(fixture.record.kind, fixture.record.arn, fixture.record.document, fixture.place.text());
}

/// Adds what is stored beside the resource of a fixture.
void Staging::add_parts(Fixture& fixture, std::int64_t layer) {
    store_.tags().stage(layer, fixture.record.arn, fixture.tags);
    if (fixture.trained) {
        store_.trainings().stage(layer, resources::trained_resource(store_, fixture.record), *fixture.trained);
    }
    const std::string& kind = fixture.record.kind;
    if (kind == "dataset" || kind == "datasetGroup") data_holders_.insert(fixture.record.arn);
    if (is_given_as_trained(fixture)) given_trainings_.push_back({fixture.record.arn, layer, fixture.now});
    if (is_moving(fixture.record, fixture.now)) moving_.add(fixture);
}

bool Staging::is_moving(const Record& record, base::Instant now) const {
    return rules_.use == storage::LayerUse::restorable && depends_on_moment(record, now);
}

void Staging::look_up_references(Fixture& fixture) {
    for (storage::Reference& reference : fixture.references) {
        reference.assumed = !fixture.absent.contains(reference.arn) && !will_exist(reference.arn);
        if (reference.assumed && !snapshot::is_of_aws(reference.arn)) taken_to_exist_.insert(reference.arn);
    }
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
    if (is_alone() || taken_to_exist_.contains(arn)) return false;
    const auto visible = store_.resources().find(arn);
    return visible && stays(visible->owner.account);
}

bool Staging::stays(std::string_view account) const {
    return !rules_.displaced || (!rules_.displaced->empty() && *rules_.displaced != account);
}

std::int64_t Staging::layer_of_rows(const std::string& account) {
    return layer_of(account, false);
}

std::int64_t Staging::layer_of(const std::string& account, bool is_moving) {
    const auto layer = std::ranges::find_if(
        layers_, [&](const StagedLayer& each) { return each.account == account && each.is_moving == is_moving; });
    if (layer != layers_.end()) return layer->id;
    const std::int64_t id = store_.layers().add(account, rules_.use);
    layers_.push_back({account, id, is_moving});
    return id;
}

void Staging::spare(std::int64_t layer) {
    if (spared_.insert(layer).second) store_.layers().hold(layer);
}

void Staging::show() {
    std::set<std::int64_t> hidden = spared_;
    std::vector<std::int64_t> dropped;
    for (const storage::Layer& layer : store_.layers().live()) {
        const bool is_spared = hidden.erase(layer.id) > 0;
        if (!stays(layer.account) && !is_spared) dropped.push_back(layer.id);
    }
    std::vector<std::int64_t> shown(hidden.begin(), hidden.end());
    for (const StagedLayer& layer : layers_) {
        const auto twin = rules_.displaced ? std::nullopt : store_.resources().find_twin(layer.id, last_id_before_);
        if (twin) throw Conflict("there is another " + *twin + " already", "");
        shown.push_back(layer.id);
    }
    store_.switch_layers(shown, dropped);
}

std::vector<std::string> Staging::notes() const {
    std::vector<std::string> notes = differences_;
    notes.insert(notes.end(), doubts_.begin(), doubts_.end());
    for (const auto& [place, refusal] : filter_doubts_.list()) notes.push_back(snapshot::doubt_line(place, refusal));
    for (const std::string& arn : taken_to_exist_) notes.push_back(snapshot::assumption_note(arn));
    return notes;
}

}  // namespace plocal::world
