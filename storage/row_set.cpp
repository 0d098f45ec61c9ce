#include "storage/row_set.h"

namespace plocal::storage {

std::string_view name_of(RowOrigin origin) {
    if (origin == RowOrigin::bulk) return "bulk";
    return origin == RowOrigin::put ? "put" : "event";
}

std::optional<RowOrigin> origin_named(std::string_view name) {
    for (const RowOrigin origin : {RowOrigin::bulk, RowOrigin::put, RowOrigin::event}) {
        if (name == name_of(origin)) return origin;
    }
    return std::nullopt;
}

}  // namespace plocal::storage
