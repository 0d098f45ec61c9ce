#include "server/service/runtime/group.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "server/service/data/delayed_view.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/operations/dataset.h"

namespace plocal::runtime {
namespace {

using resources::Context;

/// A view that changes with each batch that becomes seen, instead of each moment.
storage::RowView delayed(Context& context, const data::Dataset& dataset, storage::RowView view, base::Instant now) {
    constexpr std::int64_t no_delay = std::numeric_limits<std::int64_t>::max();
    const lifecycle::DataDelays delays = context.plans.data_delays(dataset.owner.account);
    view = data::seen_at(now, delays, dataset.owner, std::move(view));
    if (view.last_put_ms != no_delay) view.last_put_ms = context.store.batches().latest_put(view);
    return view;
}

}  // namespace

Group::Group(Context& context, std::string arn) : arn_(std::move(arn)) {
    if (arn_.empty()) return;
    for (const auto& [type, record] : operations::datasets_of(context, arn_)) {
        const base::Instant now = context.readings.now_of(record.owner.account);
        is_changing_ = is_changing_ || lifecycle::next_change(record.timeline, now).has_value();
        if (auto dataset = data::dataset_of(context, record)) datasets_.emplace(type, *std::move(dataset));
    }
}

const data::Dataset* Group::find(std::string_view type) const {
    const auto found = datasets_.find(type);
    return found == datasets_.end() ? nullptr : &found->second;
}

storage::RowView Group::view(Context& context, const data::Dataset* dataset) {
    if (dataset == nullptr) return {};
    const base::Instant now = context.readings.now_of(dataset->owner.account);
    return delayed(context, *dataset, data::view_of(context.store, dataset->owner), now);
}

storage::RowView Group::view(Context& context, const data::Dataset* dataset, const storage::Training& training) {
    if (dataset == nullptr) return {};
    storage::RowView view = data::view_of(context.store, dataset->owner, training.revision);
    return delayed(context, *dataset, std::move(view), training.at);
}

bool Group::has_rows(storage::Store& store) const {
    return std::ranges::any_of(datasets_, [&store](const auto& entry) {
        const auto set = store.row_sets().find(entry.second.owner.arn);
        return set && set->counts.total() > 0;
    });
}

std::string key_of(const storage::RowView& view, storage::Store& store) {
    std::string key;
    for (const storage::RowLevel& level : view.levels) {
        const std::int64_t revision = store.batches().last_change(level);
        if (revision == 0) continue;
        key += std::to_string(level.set) + '@' + std::to_string(revision) + (level.is_without_bulk ? "-" : "+");
        if (const std::int64_t erased = store.erasure().generation(level.set)) key += '#' + std::to_string(erased);
    }
    return key + '<' + std::to_string(view.last_put_ms);
}

std::string subject_of(const storage::RowView& view, storage::Store& store) {
    std::string subject;
    for (const storage::RowLevel& level : view.levels) {
        if (store.batches().last_change(level) != 0) subject += std::to_string(level.set) + ' ';
    }
    return subject;
}

}  // namespace plocal::runtime
