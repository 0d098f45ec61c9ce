// A store with a dataset of items and one of interactions, whose rows a test imports and puts.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "storage/store.h"
#include "tests/unit/storage/records.h"

namespace plocal::storage {

class DatasetRows : public testing::Test {
protected:
    using Rows = std::vector<std::pair<std::string, std::string>>;

    static RowSetOwner owner(const std::string& kind, const std::string& account = "111111111111") {
        const std::string prefix = "arn:aws:personalize:us-east-1:" + account + ":dataset";
        return {prefix + "/movies/" + kind, prefix + "-group/movies", kind, account};
    }

    template <typename Part>
    auto in_transaction(Part part) {
        sqlite::Transaction transaction = store_.begin();
        const auto result = part();
        transaction.commit();
        return result;
    }

    void add_all(RowBatch& batch, const Rows& rows) {
        for (const auto& [id, cells] : rows) store_.rows().add(batch, id, cells);
    }

    /// Adds a batch in one transaction. Returns its revision.
    std::int64_t add(const RowSet& set, RowOrigin origin, const Rows& rows, ImportMode mode = ImportMode::incremental,
                     std::int64_t ms = 0) {
        RowBatch& batch = store_.batches().begin(set, origin, at_ms(ms), mode);
        add_all(batch, rows);
        return store_.batches().show(batch);
    }

    std::int64_t import(ImportMode mode, const Rows& rows) {
        return in_transaction(
            [&] { return add(store_.row_sets().writable(owner("ITEMS")), RowOrigin::bulk, rows, mode); });
    }

    std::int64_t put(const Rows& rows, std::int64_t ms = 0) {
        return in_transaction([&] {
            return add(store_.row_sets().writable(owner("ITEMS")), RowOrigin::put, rows, ImportMode::incremental, ms);
        });
    }

    Rows seen(const RowView& view) {
        Rows rows;
        for (const DataRow& row : store_.rows().page(view, "", 1000)) rows.emplace_back(row.id, row.cells);
        return rows;
    }

    Rows items(const std::string& account = "111111111111") {
        const auto set = store_.row_sets().find(owner("ITEMS", account).arn);
        return set ? seen(store_.row_sets().view(*set)) : Rows{};
    }

    Rows items_at(std::int64_t revision) {
        return seen(store_.row_sets().view(store_.row_sets().find(owner("ITEMS").arn).value(), revision));
    }

    /// The number of items that is kept, and the number that is read, which must agree.
    std::pair<std::int64_t, std::size_t> counted() { return {store_.visible_rows().counts()["ITEMS"], items().size()}; }

    void switch_layers(const std::vector<std::int64_t>& shown, const std::vector<std::int64_t>& dropped) {
        in_transaction([&] {
            store_.switch_layers(shown, dropped);
            return 0;
        });
    }

    /// Stages a layer whose set of items has these rows.
    std::int64_t stage(LayerUse use, const RowSetOwner& of, const Rows& rows) {
        return in_transaction([&] {
            const std::int64_t layer = store_.layers().add(of.account, use);
            add(store_.row_sets().add(of, layer, std::nullopt), RowOrigin::bulk, rows, ImportMode::full);
            return layer;
        });
    }

    void sweep_all(std::size_t limit = 1) {
        in_transaction([&] {
            while (store_.layers().sweep(limit)) continue;
            return 0;
        });
    }

    Store store_{":memory:"};
};

}  // namespace plocal::storage
