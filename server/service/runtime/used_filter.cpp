#include "server/service/runtime/used_filter.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "server/service/runtime/filter_sets.h"

namespace plocal::runtime {

using languages::FilterEvents;
using languages::FilterIds;
using languages::FilterVerdict;
using languages::PreparedFilter;
using recommender::ItemSet;

FilterGround::FilterGround(const Request& request, const Target& target, const Pool& pool, FilterIds ids,
                           const std::vector<PastEvent>& with_items, const std::vector<PastEvent>& with_actions)
    : request_(request),
      pool_(pool),
      item_(target.item),
      dataset_(target.group().find(ids == FilterIds::actions ? "ACTIONS" : "ITEMS")),
      data_(request.context, target.group(), target.user, target.item) {
    size_ = pool.size();
    const auto find = [&pool](std::string_view id) { return pool.find(id); };
    data_.set_events(FilterEvents::items, with_items, find);
    data_.set_events(FilterEvents::actions, with_actions, find);
    if (pool.origin() == Origin::model) {
        rows_ = find_row_table(request.memory.kept, request.context, dataset_, pool.key(), pool.ids());
        data_.set_rows(rows_.value);
    } else if (pool.origin() == Origin::declared) {
        read_list(pool.listed().ids);
    }
}

FilterGround::FilterGround(const Request& request, const Target& target, const Pool& pool,
                           const std::vector<std::string>& list, const std::vector<PastEvent>& with_items)
    : request_(request),
      pool_(pool),
      dataset_(target.group().find("ITEMS")),
      data_(request.context, target.group(), target.user, target.item) {
    size_ = list.size();
    std::unordered_map<std::string_view, std::uint32_t> places;
    for (std::uint32_t place = 0; place < list.size(); ++place) places.try_emplace(list[place], place);
    data_.set_events(FilterEvents::items, with_items, [&places](std::string_view id) {
        const auto found = places.find(id);
        return found == places.end() ? std::nullopt : std::optional(found->second);
    });
    if (pool.origin() != Origin::made_up) read_list(list);
}

void FilterGround::read_list(const std::vector<std::string>& list) {
    is_listed_ = true;
    auto rows = std::make_shared<RowTable>();
    for (const std::string& id : list) rows->push_back(read_row(request_.context, dataset_, id));
    data_.set_rows(std::move(rows));
}

ItemSet FilterGround::passing(const PreparedFilter& filter) const {
    if (pool_.origin() == Origin::made_up) {
        return passes_made_up(filter, data_) ? ItemSet::all(size_) : ItemSet(size_);
    }
    if (is_listed_) return passing_set(filter, data_, size_);
    return passing_set(request_.memory.kept, filter, {data_, rows_, item_});
}

FilterVerdict FilterGround::verdict(const PreparedFilter& filter, std::uint32_t index) const {
    if (pool_.origin() == Origin::made_up) {
        const bool passes = passes_made_up(filter, data_);
        return {passes, "", passes ? "" : "nothing is known of made-up items, so no INCLUDE passes them"};
    }
    return languages::explain_filter(filter, data_, index);
}

}  // namespace plocal::runtime
