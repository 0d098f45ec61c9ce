#include "storage/store.h"

#include <utility>

#include "storage/schema.h"

namespace plocal::storage {

Store::Store(std::string path_or_memory)
    : database_(std::move(path_or_memory)),
      due_(database_),
      work_(database_),
      resources_(database_, due_, work_),
      counts_(database_),
      tags_(database_),
      settings_(database_) {
    migrate(database_, migrations());
}

void Store::clear() {
    resources_.clear();
    tags_.clear();
    settings_.clear();
}

}  // namespace plocal::storage
