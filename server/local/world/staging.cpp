#include "server/local/world/staging.h"

#include <exception>
#include <utility>

#include "server/local/snapshot/absent_references.h"
#include "server/local/snapshot/loader.h"
#include "server/local/world/import_checks.h"
#include "server/service/resources/arn.h"

namespace plocal::world {

using snapshot::Fixture;
using storage::Reference;

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

void Staging::add(std::span<Fixture> fixtures, lifecycle::ClockReadings& readings) {
    storage::sqlite::Transaction transaction = store_.begin();
    for (Fixture& fixture : fixtures) add_one(fixture, readings.now_of(fixture.record.owner.account));
    transaction.commit();
}

void Staging::add_one(Fixture& fixture, base::Instant now) {
    if (!displaced_) {
        if (const auto visible = store_.resources().find(fixture.record.arn)) {
            if (snapshot::differs_from_stored(fixture, *visible, now)) {
                notes_.push_back(fixture.place.text() + " differs from what the database has, which stays: " +
                                 fixture.record.arn);
            }
            return;
        }
    }
    for (Reference& reference : fixture.references) {
        reference.assumed = !has(reference.arn) && !fixture.absent.contains(reference.arn);
        if (reference.assumed) assumed_.insert(reference.arn);
    }
    const std::int64_t layer = layer_of(fixture.record.owner.account);
    if (!resources::stage_life(store_, rules_, layer, fixture.record, fixture.references, now)) return;
    store_.tags().stage(layer, fixture.record.arn, fixture.tags);
    const storage::Record& record = fixture.record;
    const bool is_in_progress = record.stable.at && *record.stable.at > now;
    const bool is_due_by_moment = record.due && record.created == now;
    depends_on_moment_ = depends_on_moment_ || is_in_progress || is_due_by_moment;
}

/// Returns true if a resource of this ARN will be visible.
bool Staging::has(const std::string& arn) {
    const auto parsed = resources::parse_arn(arn);
    const auto layer = layers_.find(parsed ? parsed->account : std::string_view());
    if (layer != layers_.end() && store_.resources().is_in_layer(arn, layer->second)) return true;
    if (displaced_ && displaced_->empty()) return false;
    const auto visible = store_.resources().find(arn);
    return visible && stays(visible->owner.account);
}

bool Staging::stays(std::string_view account) const {
    return !displaced_ || (!displaced_->empty() && *displaced_ != account);
}

std::int64_t Staging::layer_of(const std::string& account) {
    const auto [layer, is_new] = layers_.try_emplace(account, 0);
    if (is_new) layer->second = store_.layers().add(account, use_);
    return layer->second;
}

bool Staging::complete(std::size_t limit) {
    for (const std::string& arn : assumed_) {
        if (corrected_.contains(arn) || !has(arn)) continue;
        storage::sqlite::Transaction transaction = store_.begin();
        bool is_correct = true;
        for (const auto& [account, layer] : layers_) {
            is_correct = store_.resources().confirm_references(layer, arn, limit) < limit && is_correct;
        }
        transaction.commit();
        if (is_correct) corrected_.insert(arn);
        return true;
    }
    return false;
}

void Staging::show() {
    std::vector<std::int64_t> dropped;
    for (const storage::Layer& layer : store_.layers().live()) {
        if (!stays(layer.account) && !spared_.contains(layer.id)) dropped.push_back(layer.id);
    }
    std::vector<std::int64_t> shown;
    for (const auto& [account, layer] : layers_) {
        const auto twin = displaced_ ? std::nullopt : store_.resources().find_twin(layer, last_id_before_);
        if (twin) throw Conflict("there is another " + *twin + " already", "");
        shown.push_back(layer);
    }
    store_.switch_layers(shown, dropped);
}

std::vector<std::string> Staging::notes() const {
    std::vector<std::string> notes = notes_;
    for (const std::string& arn : assumed_) {
        if (corrected_.contains(arn) || snapshot::is_of_aws(arn)) continue;
        notes.push_back("fixtures name a resource that is not there; it is taken to exist and to fit: " + arn);
    }
    return notes;
}

}  // namespace plocal::world
