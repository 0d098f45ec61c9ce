#include "server/service/runtime/filter_sets.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace plocal::runtime {
namespace {

using languages::BoundPart;
using languages::FilterCell;
using languages::FilterEffect;
using languages::FilterEvents;
using languages::FilterFields;
using languages::PreparedFilter;
using recommender::ItemSet;

/// So many rows take less than a millisecond.
constexpr std::uint32_t rows_of_a_step = 4000;

/// What the rows and the current item alone decide.
class RowFields : public FilterFields {
public:
    RowFields(std::shared_ptr<const RowTable> rows, data::Row item) : rows_(std::move(rows)), item_(std::move(item)) {}

    FilterCell filter_cell(std::size_t row, std::size_t column) const override {
        return filter_cell_of((*rows_)[row], column);
    }
    FilterCell current_user_cell(std::size_t) const override { return {}; }
    FilterCell current_item_cell(std::size_t column) const override { return filter_cell_of(item_, column); }
    std::span<const std::string_view> filter_event_types(FilterEvents, std::size_t) const override { return {}; }

private:
    std::shared_ptr<const RowTable> rows_;
    data::Row item_;
};

class PartMaking : public Making {
public:
    PartMaking(PreparedFilter filter, std::size_t part, std::shared_ptr<const RowTable> rows, data::Row item)
        : filter_(std::move(filter)),
          part_(part),
          size_(static_cast<std::uint32_t>(rows->size())),
          fields_(std::move(rows), std::move(item)),
          items_(std::make_shared<ItemSet>(size_)) {}

    bool read(storage::Store&) override { return false; }

    bool compute() override {
        const std::uint32_t end = next_ + std::min(rows_of_a_step, size_ - next_);
        for (; next_ < end; ++next_) {
            if (filter_.holds(part_, fields_, next_)) items_->insert(next_);
        }
        return next_ < size_;
    }

    std::shared_ptr<const void> take() override { return std::move(items_); }
    std::size_t memory_bytes() const override { return size_ / 8; }

private:
    PreparedFilter filter_;
    std::size_t part_;
    std::uint32_t size_;
    RowFields fields_;
    std::shared_ptr<ItemSet> items_;
    std::uint32_t next_ = 0;
};

ItemSet each_row(const PreparedFilter& filter, std::size_t part, const FilterData& data, std::size_t size) {
    ItemSet items(size);
    for (std::uint32_t row = 0; row < size; ++row) {
        if (filter.holds(part, data, row)) items.insert(row);
    }
    return items;
}

/// Conditions on interactions alone hold for all rows without any, or for none of them.
ItemSet events_part(const PreparedFilter& filter, std::size_t part, const FilterData& data, std::size_t size) {
    ItemSet items = filter.holds(part, data, size) ? ItemSet::all(size) : ItemSet(size);
    for (const FilterEvents events : {FilterEvents::items, FilterEvents::actions}) {
        for (const std::uint32_t row : data.with_events(events)) {
            if (filter.holds(part, data, row)) {
                items.insert(row);
            } else {
                items.erase(row);
            }
        }
    }
    return items;
}

/// Unites the parts that apply, as the filter says. `part_set(part)` returns the rows that a part holds for.
template <typename PartSet>
ItemSet combine_parts(const PreparedFilter& filter, const FilterData& data, std::size_t size, PartSet part_set) {
    std::optional<ItemSet> included;
    ItemSet excluded(size);
    const std::vector<BoundPart>& parts = filter.filter().parts;
    for (std::size_t part = 0; part < parts.size(); ++part) {
        if (!filter.applies(part, data)) continue;
        if (parts[part].effect == FilterEffect::exclude) {
            excluded.insert(part_set(part));
        } else {
            if (!included) included.emplace(size);
            included->insert(part_set(part));
        }
    }
    ItemSet passing = included ? *std::move(included) : ItemSet::all(size);
    passing.erase(excluded);
    return passing;
}

}  // namespace

ItemSet passing_set(Kept& kept, const PreparedFilter& filter, const FilterScope& scope) {
    const std::size_t size = scope.rows.value->size();
    return combine_parts(filter, scope.data, size, [&](std::size_t part) {
        const BoundPart& bound = filter.filter().parts[part];
        if (bound.reads.events) {
            return bound.reads.rows ? each_row(filter, part, scope.data, size)
                                    : events_part(filter, part, scope.data, size);
        }
        std::string key = "passing " + scope.rows.key + ' ' + bound.key;
        if (bound.reads.current_item) key += ' ' + scope.item;
        return *kept.find<ItemSet>(
            key, [&] { return std::make_unique<PartMaking>(filter, part, scope.rows.value, scope.data.item()); });
    });
}

ItemSet passing_set(const PreparedFilter& filter, const FilterData& data, std::size_t size) {
    return combine_parts(filter, data, size, [&](std::size_t part) { return each_row(filter, part, data, size); });
}

bool passes_made_up(const PreparedFilter& filter, const FilterData& data) {
    const std::vector<BoundPart>& parts = filter.filter().parts;
    for (std::size_t part = 0; part < parts.size(); ++part) {
        if (parts[part].effect == FilterEffect::include && filter.applies(part, data)) return false;
    }
    return true;
}

}  // namespace plocal::runtime
