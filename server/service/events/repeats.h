// Finds events that repeat another one. On the thread that owns the store; every call may throw SqlError.
#pragma once

#include <string>
#include <vector>

#include "server/service/data/dataset.h"
#include "server/service/data/row_batches.h"
#include "storage/store.h"

namespace plocal::events {

class Repeats {
public:
    /// Both must outlive this.
    Repeats(storage::Store& store, const data::Dataset& dataset);

    /// Returns why an event repeats one that is stored or among these, or "".
    std::string find(const data::Event& event, const std::vector<data::Event>& taken);

private:
    bool is_stored(const data::Event& event);

    storage::Store& store_;
    const data::Dataset& dataset_;
    storage::RowView view_;
};

}  // namespace plocal::events
