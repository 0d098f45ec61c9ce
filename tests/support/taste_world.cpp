#include "tests/support/taste_world.h"

#include <algorithm>
#include <set>

#include "server/base/random.h"

namespace plocal::test {
namespace {

constexpr std::size_t favourites = 3;
constexpr double loyalty = 0.8;      // how often an item is of a favourite category
constexpr double persistence = 0.5;  // how often that category is the one of the item before

/// Item i is of category i % categories; smaller numbers are more popular.
class Draws {
public:
    explicit Draws(const TasteWorld& world) : world_(world) {
        for (std::size_t rank = 0; rank < world.items; ++rank) {
            sums_.push_back((sums_.empty() ? 0 : sums_.back()) + 1.0 / static_cast<double>(rank + 5));
        }
    }

    double fraction() { return base::random_fraction({world_.seed, "", "taste", "", ++ordinal_}); }

    std::size_t below(std::size_t count) { return static_cast<std::size_t>(fraction() * static_cast<double>(count)); }

    /// An item among all, by popularity.
    std::size_t item() { return by_popularity(world_.items); }

    std::size_t item_of(std::size_t category) {
        return by_popularity((world_.items - category - 1) / world_.categories + 1) * world_.categories + category;
    }

private:
    std::size_t by_popularity(std::size_t count) {
        const double drawn = fraction() * sums_[count - 1];
        const auto end = sums_.begin() + static_cast<std::ptrdiff_t>(count) - 1;
        return static_cast<std::size_t>(std::upper_bound(sums_.begin(), end, drawn) - sums_.begin());
    }

    const TasteWorld& world_;
    std::vector<double> sums_;
    std::int64_t ordinal_ = 0;
};

}  // namespace

void visit_rows(const TasteWorld& world, const std::function<void(const TasteRow&)>& visit) {
    Draws draws(world);
    for (std::size_t user = 0; user < world.users; ++user) {
        std::size_t liked[favourites];
        for (std::size_t& category : liked) category = draws.below(world.categories);
        std::size_t mood = liked[0];
        std::set<std::size_t> seen;
        for (std::size_t row = 0; row < world.rows_per_user; ++row) {
            if (draws.fraction() >= persistence) mood = liked[draws.below(favourites)];
            const std::size_t item = draws.fraction() < loyalty ? draws.item_of(mood) : draws.item();
            if (!seen.insert(item).second) continue;
            visit({"user-" + std::to_string(user), "item-" + std::to_string(item),
                   1'700'000'000 + static_cast<std::int64_t>(row * 3600 + user)});
        }
    }
}

std::vector<TasteRow> rows_of(const TasteWorld& world) {
    std::vector<TasteRow> rows;
    visit_rows(world, [&](const TasteRow& row) { rows.push_back(row); });
    return rows;
}

}  // namespace plocal::test
