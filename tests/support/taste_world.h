// Interactions of users with tastes: each user prefers some categories, some items are much more popular than others,
// and the next item is often like the one before. The same seed gives the same rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace plocal::test {

struct TasteRow {
    std::string user;
    std::string item;
    std::int64_t timestamp = 0;
};

struct TasteWorld {
    std::uint64_t seed = 1;
    std::size_t users = 300;
    std::size_t items = 1'000;
    std::size_t categories = 25;
    std::size_t rows_per_user = 40;
};

/// Calls `visit` for each row. No user has an item twice.
void visit_rows(const TasteWorld& world, const std::function<void(const TasteRow&)>& visit);

std::vector<TasteRow> rows_of(const TasteWorld& world);

}  // namespace plocal::test
