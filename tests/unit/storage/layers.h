// A store whose layers a test fills, shows and drops.
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "storage/store.h"
#include "tests/unit/storage/records.h"

namespace plocal::storage {

/// What each job in a layer references.
inline const std::string target = "arn:aws:personalize:us-east-1:111111111111:solution/s/1";

/// Stages a record in a layer. Returns false if the layer has its ARN.
inline bool stage(Store& store, std::int64_t layer, const Record& record,
                  const std::vector<Reference>& references = {}) {
    NewResource row{layer, &record, &references};
    store.resources().stage({&row, 1});
    return row.is_inserted;
}

class Layers : public testing::Test {
private:
    template <typename Part>
    auto in_transaction(Part part) {
        sqlite::Transaction transaction = store_.begin();
        const auto result = part();
        transaction.commit();
        return result;
    }

protected:
    using Ids = std::vector<std::int64_t>;

    /// Adds an invisible layer of alice with jobs of these names, each with a reference and a tag.
    std::int64_t stage(LayerUse use, const std::vector<std::string>& jobs) {
        return in_transaction([&] {
            const std::int64_t layer = store_.layers().add(alice.account, use);
            for (const std::string& name : jobs) {
                EXPECT_TRUE(storage::stage(store_, layer, under(job(name), target), {{target, true}})) << name;
                store_.tags().stage(layer, job(name).arn, {{"name", name}});
            }
            return layer;
        });
    }

    std::int64_t show(LayerUse use, const std::vector<std::string>& jobs) {
        const std::int64_t layer = stage(use, jobs);
        switch_layers({layer}, {});
        return layer;
    }

    void switch_layers(const Ids& shown, const Ids& dropped) {
        in_transaction([&] {
            store_.switch_layers(shown, dropped);
            return 0;
        });
    }

    /// Drops every visible layer but this one.
    void drop_others(std::int64_t spared) {
        Ids dropped;
        for (const Layer& layer : store_.layers().live()) {
            if (layer.id != spared) dropped.push_back(layer.id);
        }
        switch_layers({}, dropped);
    }

    void insert(const std::string& name) {
        in_transaction([&] {
            EXPECT_TRUE(store_.resources().insert(under(job(name), target), {{target, false}})) << name;
            store_.tags().put(job(name).arn, {{"name", name}});
            return 0;
        });
    }

    /// Replaces the document, the stable status, the references and the tag of a job.
    void change(const std::string& name, const std::string& document) {
        in_transaction([&] {
            Record record = store_.resources().find(job(name).arn).value();
            record.document = document;
            record.stable.status = "CREATE FAILED";
            store_.resources().save(record);
            store_.resources().replace_references(record.id, {{"arn:other", false}});
            store_.tags().put(record.arn, {{"name", document}});
            return 0;
        });
    }

    void remove(const std::string& name) {
        in_transaction([&] {
            store_.resources().remove(store_.resources().find(job(name).arn).value());
            store_.tags().remove(job(name).arn);
            return 0;
        });
    }

    /// Removes all rows of dropped layers, a few at a time.
    void sweep_all() {
        in_transaction([&] {
            while (store_.layers().sweep(2)) continue;
            return 0;
        });
    }

    /// The names of alice's jobs as List has them: newest first.
    std::vector<std::string> listed() {
        std::vector<std::string> names;
        const Scope scope{.account = alice.account, .region = alice.region};
        for (const Record& record : store_.resources().all_of(scope, "batchInferenceJob")) names.push_back(record.name);
        return names;
    }

    Store store_{":memory:"};
};

}  // namespace plocal::storage
