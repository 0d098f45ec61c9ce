// Stores resources of documents in layers that no client sees yet, piece by piece, and makes all of them visible at
// once. On the thread that owns the world.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/local/snapshot/arn_index.h"
#include "server/local/snapshot/fixture.h"
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

    bool refuses_others = false;  // where it joins: an ARN that is visible and differs is a Conflict, not a note
};

class Staging {
public:
    using Layers = std::map<std::string, std::int64_t, std::less<>>;

    /// The store must outlive this.
    Staging(storage::Store& store, const resources::LifeRules& life, StagingRules rules)
        : store_(store), life_(life), rules_(std::move(rules)), last_id_before_(store.resources().last_id()) {}

    Staging(const Staging&) = delete;
    Staging& operator=(const Staging&) = delete;

    /// Drops what has not become visible. What cannot be dropped now is removed when the store is opened again.
    ~Staging();

    /// Says which ARNs will be staged, before the first of them is. They must outlive the last `add`.
    void expect(const snapshot::ArnIndex& arns) { arns_ = &arns; }

    /// Stores fixtures in one transaction. A resource that one of them names and that is nowhere is taken to exist,
    /// unless the fixture says that it is absent. Throws Conflict, SqlError.
    void add(std::span<snapshot::Fixture> fixtures);

    /// Lets a visible layer stay that `show` would drop.
    void spare(std::int64_t layer) { spared_.insert(layer); }

    /// Makes what was added visible, and drops what is displaced. Needs a transaction. Throws Conflict where a resource
    /// that was created meanwhile has the ARN of one that was added; SqlError.
    void show();

    /// To be called once the transaction of `show` is committed. Returns the layers of what was added, by account.
    Layers keep() { return std::exchange(layers_, {}); }

    /// Returns true if a resource that was added would be another one if it were added at another moment: its status
    /// still changes, or the service acts on it by itself.
    bool depends_on_moment() const { return depends_on_moment_; }

    /// Returns lines for the log: what differs from what is there, and what is taken to exist.
    std::vector<std::string> notes() const;

private:
    void add_one(snapshot::Fixture& fixture);
    bool is_taken(const snapshot::Fixture& fixture);
    bool will_exist(const std::string& arn);
    bool stays(std::string_view account) const;
    std::int64_t layer_of(const std::string& account);

    storage::Store& store_;
    resources::LifeRules life_;
    StagingRules rules_;
    std::int64_t last_id_before_;
    const snapshot::ArnIndex* arns_ = nullptr;
    Layers layers_;
    std::set<std::int64_t> spared_;
    bool depends_on_moment_ = false;
    std::set<std::string> taken_to_exist_;
    std::vector<std::string> differences_;
};

}  // namespace plocal::world
