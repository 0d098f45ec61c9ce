// Stores resources of documents in layers that nobody sees yet, piece by piece, and makes all of them visible at once.
// On the thread that owns the world.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/local/snapshot/fixture.h"
#include "server/service/resources/life.h"
#include "storage/layer_repository.h"
#include "storage/store.h"

namespace plocal::world {

class Staging {
public:
    /// `displaced` is the account whose resources are to make way, "" for those of all accounts. Without one, what is
    /// staged joins what is there: an ARN that is visible is skipped. The store must outlive this.
    Staging(storage::Store& store, const resources::LifeRules& rules, storage::LayerUse use,
            std::optional<std::string> displaced)
        : store_(store),
          rules_(rules),
          use_(use),
          displaced_(std::move(displaced)),
          last_id_before_(store.resources().last_id()) {}

    Staging(const Staging&) = delete;
    Staging& operator=(const Staging&) = delete;

    /// Drops what has not become visible. What cannot be dropped now is removed when the store is opened again.
    ~Staging();

    /// Stores fixtures in one transaction. Throws SqlError.
    void add(std::span<snapshot::Fixture> fixtures, lifecycle::ClockReadings& readings);

    /// Corrects references to resources that were added later, at most about `limit` of them, in one transaction.
    /// Returns false once all are correct. To be called after the last `add`. Throws SqlError.
    bool complete(std::size_t limit);

    /// Lets a visible layer stay that `show` would drop.
    void spare(std::int64_t layer) { spared_.insert(layer); }

    /// Makes what was added visible, and drops what is displaced. Needs a transaction. Throws Conflict where a resource
    /// that was created meanwhile has the ARN of one that was added; SqlError.
    void show();

    /// Returns true if a resource that was added would be another one if it were added at another moment: its status
    /// still changes, or the service acts on it by itself.
    bool depends_on_moment() const { return depends_on_moment_; }

    using Layers = std::map<std::string, std::int64_t, std::less<>>;

    /// To be called once the transaction of `show` is committed. Returns the layers of what was added, by account.
    Layers keep() { return std::exchange(layers_, {}); }

    /// Returns lines for the log. To be called after `complete`.
    std::vector<std::string> notes() const;

private:
    void add_one(snapshot::Fixture& fixture, base::Instant now);
    bool has(const std::string& arn);
    bool stays(std::string_view account) const;
    std::int64_t layer_of(const std::string& account);

    storage::Store& store_;
    resources::LifeRules rules_;
    storage::LayerUse use_;
    std::optional<std::string> displaced_;
    Layers layers_;
    std::set<std::int64_t> spared_;
    std::int64_t last_id_before_;
    bool depends_on_moment_ = false;
    std::set<std::string, std::less<>> assumed_;    // ARNs that were not there when they were referenced
    std::set<std::string, std::less<>> corrected_;  // of these, the ones that turned out to be there
    std::vector<std::string> notes_;
};

}  // namespace plocal::world
