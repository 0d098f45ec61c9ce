// Loads documents into the store of a test.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "server/local/world/staging.h"
#include "server/service/operations/registry.h"
#include "tests/unit/local/snapshot/readings.h"

namespace plocal::world {

/// The documents of a test on their way into its store.
class TestLoad {
public:
    TestLoad(storage::Store& store, const std::vector<snapshot::Document>& documents, StagingRules rules = {})
        : store_(store),
          fixtures_(snapshot::read(documents).fixtures),
          staging_(store, {operations::hooks(), 0}, std::move(rules)) {
        for (const snapshot::Fixture& fixture : fixtures_) arns_.add(fixture.record.arn);
        arns_.finish();
        staging_.expect(arns_);
    }

    /// The same with documents that are called "1.json", "2.json", ...
    TestLoad(storage::Store& store, std::initializer_list<std::string_view> texts, StagingRules rules = {})
        : TestLoad(store, snapshot::named(texts), std::move(rules)) {}

    /// Stores everything, one resource a transaction.
    TestLoad& stage() {
        for (snapshot::Fixture& fixture : fixtures_) staging_.add({&fixture, 1});
        return *this;
    }

    std::vector<std::string> show() {
        storage::sqlite::Transaction transaction = store_.begin();
        staging_.show();
        transaction.commit();
        staging_.keep();
        return staging_.notes();
    }

    /// How many layers there are of what is the same at every moment, and of moving fixtures.
    std::pair<std::size_t, std::size_t> layers() {
        std::pair<std::size_t, std::size_t> counts;
        for (const StagedLayer& layer : staging_.keep()) ++(layer.is_moving ? counts.second : counts.first);
        return counts;
    }

private:
    storage::Store& store_;
    snapshot::ArnIndex arns_;
    std::vector<snapshot::Fixture> fixtures_;
    Staging staging_;
};

}  // namespace plocal::world
