// The columns of items that a request asks for, and their values as texts. On the thread that owns the store.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/base/json.h"
#include "server/service/runtime/sources.h"
#include "storage/store.h"

namespace plocal::runtime {

class Metadata {
public:
    /// Reads `metadataColumns`. Throws ApiError where the source does not have it enabled, for another dataset than
    /// ITEMS, for too many columns, and for one that the schema does not have. An unknown schema has any column.
    Metadata(const Resolved& resolved, const base::Json& input);

    bool is_asked() const { return is_asked_; }

    /// Returns the values of an item by the names of columns in lower case, in their order, without those that are
    /// null; null where none was asked for. Throws SqlError.
    base::Json of(resources::Context& context, std::string_view item) const;

private:
    const data::Dataset* items_ = nullptr;
    bool is_asked_ = false;
    std::vector<std::pair<std::string, std::size_t>> columns_;  // sorted
};

}  // namespace plocal::runtime
