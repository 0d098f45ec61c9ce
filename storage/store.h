// The database, migrated to the newest version of its tables, and its repositories. On the thread that owns it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "storage/base_copy.h"
#include "storage/batches.h"
#include "storage/due_repository.h"
#include "storage/interaction_repository.h"
#include "storage/layer_repository.h"
#include "storage/replaced_rows.h"
#include "storage/resource_counts.h"
#include "storage/resource_repository.h"
#include "storage/resource_walk.h"
#include "storage/row_repository.h"
#include "storage/row_sets.h"
#include "storage/row_sweep.h"
#include "storage/setting_repository.h"
#include "storage/sqlite/database.h"
#include "storage/sqlite/transaction.h"
#include "storage/tag_repository.h"
#include "storage/trainings.h"
#include "storage/user_erasure.h"
#include "storage/visible_rows.h"
#include "storage/work_repository.h"

namespace plocal::storage {

class Store {
public:
    /// Opens a file, which is created if it does not exist, or ":memory:". Throws sqlite::OpenError, whose text says
    /// how to mend it, if the file cannot be used, and SqlError if the migration fails.
    explicit Store(std::string path_or_memory);

    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    /// The constructor's argument.
    const std::string& path() const { return database_.path(); }

    bool is_in_memory() const { return path() == sqlite::in_memory; }

    /// All live as long as the store.
    LayerRepository& layers() { return layers_; }
    ResourceRepository& resources() { return resources_; }
    ResourceCounts& counts() { return counts_; }
    ResourceWalk& walk() { return walk_; }
    DueRepository& due() { return due_; }
    WorkRepository& work() { return work_; }
    TagRepository& tags() { return tags_; }
    SettingRepository& settings() { return settings_; }
    RowSets& row_sets() { return row_sets_; }
    VisibleRows& visible_rows() { return visible_rows_; }
    Batches& batches() { return batches_; }
    RowRepository& rows() { return rows_; }
    InteractionRepository& interactions() { return interactions_; }
    ReplacedRows& replaced_rows() { return replaced_rows_; }
    Trainings& trainings() { return trainings_; }
    UserErasure& erasure() { return erasure_; }

    /// Returns what gives a set all rows of its own. It must not be used once the store is gone.
    std::unique_ptr<BaseCopy> copy_base(std::int64_t set);

    /// Keeps the rows of all present revisions readable for as long as what is returned lives, on any thread.
    std::shared_ptr<const void> hold_rows() { return row_sweep_.hold(); }

    /// Begins a transaction. Its destructor rolls back what was not committed. Throws SqlError, and std::logic_error
    /// while another transaction is open.
    sqlite::Transaction begin() { return sqlite::Transaction(database_); }

    /// Makes one transaction of all that are begun until it is committed or destroyed. Throws as `begin` does.
    sqlite::TransactionGroup begin_group() { return sqlite::TransactionGroup(database_); }

    /// Makes layers visible, with their rows, and drops others. What is due is looked for again. Several statements:
    /// call it inside a transaction. Throws SqlError.
    void switch_layers(const std::vector<std::int64_t>& shown, const std::vector<std::int64_t>& dropped);

    /// How often layers were switched, committed or not.
    std::int64_t switches() const { return switches_; }

private:
    sqlite::Database database_;
    std::int64_t switches_ = 0;
    RowSweep row_sweep_;
    LayerRepository layers_;
    DueRepository due_;
    WorkRepository work_;
    ResourceRepository resources_;
    ResourceCounts counts_;
    ResourceWalk walk_;
    TagRepository tags_;
    SettingRepository settings_;
    RowSets row_sets_;
    VisibleRows visible_rows_;
    Batches batches_;
    RowRepository rows_;
    ReplacedRows replaced_rows_;
    InteractionRepository interactions_;
    Trainings trainings_;
    UserErasure erasure_;
};

}  // namespace plocal::storage
