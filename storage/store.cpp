#include "storage/store.h"

#include <utility>

#include "storage/schema.h"

namespace plocal::storage {

Store::Store(std::string path_or_memory)
    : database_(std::move(path_or_memory)),
      row_sweep_(database_),
      layers_(database_, row_sweep_),
      due_(database_),
      work_(database_),
      resources_(database_, layers_, due_, work_),
      counts_(database_),
      walk_(database_),
      tags_(database_, layers_),
      settings_(database_),
      row_sets_(database_, layers_, row_sweep_),
      visible_rows_(database_),
      batches_(database_, row_sets_, row_sweep_),
      rows_(database_, batches_),
      replaced_rows_(database_, row_sweep_),
      interactions_(database_),
      trainings_(database_, layers_, row_sweep_),
      erasure_(database_, row_sets_) {
    if (is_in_memory()) create_tables(database_);
    migrate(database_, migrations());
    layers_.resume();
}

std::unique_ptr<BaseCopy> Store::copy_base(std::int64_t set) {
    return std::make_unique<BaseCopy>(database_, row_sets_, batches_, row_sweep_, set);
}

void Store::switch_layers(const std::vector<std::int64_t>& shown, const std::vector<std::int64_t>& dropped) {
    for (const std::int64_t layer : dropped) layers_.drop(layer);
    for (const std::int64_t layer : shown) {
        trainings_.lift(layer, row_sets_.lift(layer));
        layers_.show(layer);
        work_.note_layer(layer);
    }
    row_sets_.forget();
    batches_.forget();
    due_.forget();
    resources_.note_switch();
    ++switches_;
}

}  // namespace plocal::storage
