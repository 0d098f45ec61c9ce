// Stores resources of documents in layers that no client sees yet, piece by piece, and makes all of them visible at
// once. On the thread that owns the world.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/local/snapshot/arn_index.h"
#include "server/local/snapshot/fixture.h"
#include "server/local/world/given_trainings.h"
#include "server/local/world/moving_fixtures.h"
#include "server/service/operations/filter_doubts.h"
#include "server/service/resources/life.h"
#include "storage/layer_repository.h"
#include "storage/store.h"

namespace plocal::world {

/// What becomes of the resources that are visible before.
struct StagingRules {
    storage::LayerUse use = storage::LayerUse::plain;  // of what is staged

    /// The account whose resources make way, "" for those of all accounts. Without one they stay, and what is staged
    /// joins them: an ARN that is visible is skipped.
    std::optional<std::string> displaced = std::nullopt;

    bool knows_references = false;  // what is staged was staged before, and its references were looked up then
    bool refuses_others = false;    // where it joins: an ARN that is visible and differs is a Conflict, not a note
};

/// A layer of what was added.
struct StagedLayer {
    std::string account;
    std::int64_t id = 0;
    bool is_moving = false;  // see MovingFixtures
};

class Staging {
public:
    /// The store must outlive this.
    Staging(storage::Store& store, const resources::LifeRules& life, StagingRules rules)
        : store_(store),
          life_(life),
          rules_(std::move(rules)),
          last_id_before_(store.resources().last_id()),
          changes_before_(changes()) {}

    Staging(const Staging&) = delete;
    Staging& operator=(const Staging&) = delete;

    /// Drops what has not become visible. What cannot be dropped now is removed when the store is opened again.
    ~Staging();

    storage::Store& store() { return store_; }

    /// Says which ARNs will be staged, before the first of them is. They must outlive the last `add`.
    void expect(const snapshot::ArnIndex& arns) { arns_ = &arns; }

    /// Stores fixtures in one transaction. A resource that one of them names and that is nowhere is taken to exist,
    /// unless the fixture says that it is absent. Throws Conflict, SqlError.
    void add(std::span<snapshot::Fixture> fixtures);

    /// Returns true for a dataset or a dataset group that was added, false for one that was there already.
    bool has_staged(std::string_view arn) const { return data_holders_.contains(arn); }

    /// Returns the invisible layer of an account for rows, which are the same at every moment. It is added if there is
    /// none. Needs a transaction.
    std::int64_t layer_of_rows(const std::string& account);

    /// Lets a visible layer stay that `show` would drop. If another load drops it meanwhile, `show` brings it back.
    void spare(std::int64_t layer);

    /// Makes what was added visible, and drops what is displaced. Needs a transaction. Throws Conflict where a resource
    /// that was created meanwhile has the ARN of one that was added; SqlError.
    void show();

    /// To be called once the transaction of `show` is committed. Returns the layers of what was added.
    std::vector<StagedLayer> keep() { return std::exchange(layers_, {}); }

    /// Returns what was added as trained, once.
    std::vector<GivenTraining> take_given_trainings() { return std::exchange(given_trainings_, {}); }

    /// Returns what was added to moving layers, once. Only what is restorable is added to such layers.
    MovingFixtures take_moving() { return std::exchange(moving_, {}); }

    /// Returns lines for the log: what differs from what is there, what Create would refuse, and what is taken
    /// to exist.
    std::vector<std::string> notes() const;

private:
    void note_doubts(const snapshot::Fixture& fixture);
    void add_parts(snapshot::Fixture& fixture, std::int64_t layer);
    bool is_moving(const storage::Record& record, base::Instant now) const;
    void look_up_references(snapshot::Fixture& fixture);
    bool is_taken(const snapshot::Fixture& fixture);
    bool will_exist(const std::string& arn);
    bool stays(std::string_view account) const;

    /// How often other resources may have become visible.
    std::int64_t changes() const { return store_.resources().writes() + store_.switches(); }

    /// Returns true where no resource can be visible, so that none has to be looked for.
    bool is_alone() const { return last_id_before_ == 0 && changes() == changes_before_; }

    std::int64_t layer_of(const std::string& account, bool is_moving);

    storage::Store& store_;
    resources::LifeRules life_;
    StagingRules rules_;
    std::int64_t last_id_before_;
    std::int64_t changes_before_;
    const snapshot::ArnIndex* arns_ = nullptr;
    std::vector<StagedLayer> layers_;
    std::set<std::int64_t> spared_;
    MovingFixtures moving_;
    std::vector<GivenTraining> given_trainings_;
    std::set<std::string, std::less<>> data_holders_;  // datasets and their groups that were added, by ARN
    std::set<std::string> taken_to_exist_;
    std::vector<std::string> differences_;
    std::vector<std::string> doubts_;  // what Create would refuse
    operations::FilterDoubts filter_doubts_;
};

}  // namespace plocal::world
