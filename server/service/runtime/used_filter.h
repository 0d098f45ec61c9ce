// A filter as one request uses it: evaluated over the request's items or actions, and explained for one of them. On the
// thread that owns the store; calls throw NotMade and SqlError.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/model/languages/filter/evaluate.h"
#include "server/model/languages/filter/explain.h"
#include "server/service/recommender/item_set.h"
#include "server/service/runtime/filter_data.h"
#include "server/service/runtime/filters.h"
#include "server/service/runtime/history.h"
#include "server/service/runtime/pool.h"
#include "server/service/runtime/target.h"

namespace plocal::runtime {

/// The rows and interactions that the filters of one request read.
class FilterGround {
public:
    /// All must outlive this. `histories` are the user's interactions with items and with actions.
    FilterGround(const Request& request, const Target& target, const Pool& pool, languages::FilterIds ids,
                 const std::vector<PastEvent>& with_items, const std::vector<PastEvent>& with_actions);

    /// The same over a list of ids, by their place in it.
    FilterGround(const Request& request, const Target& target, const Pool& pool, const std::vector<std::string>& list,
                 const std::vector<PastEvent>& with_items);

    const FilterData& data() const { return data_; }

    /// Returns what of the pool, or of the list, passes.
    recommender::ItemSet passing(const languages::PreparedFilter& filter) const;

    /// Returns why one of it passes or not.
    languages::FilterVerdict verdict(const languages::PreparedFilter& filter, std::uint32_t index) const;

private:
    void read_list(const std::vector<std::string>& list);

    const Request& request_;
    const Pool& pool_;
    std::string item_;
    bool is_listed_ = false;  // few rows, read by id
    std::size_t size_ = 0;
    const data::Dataset* dataset_ = nullptr;
    Keyed<RowTable> rows_;
    FilterData data_;
};

/// A filter of a request, ready to be evaluated.
struct UsedFilter {
    UsedFilter(const RequestFilter& filter, const FilterGround& ground)
        : arn(filter.arn), prepared(filter.bound, ground.data()) {}

    std::string arn;
    languages::PreparedFilter prepared;
};

}  // namespace plocal::runtime
