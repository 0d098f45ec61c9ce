#include "server/service/runtime/group.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "server/service/lifecycle/timeline_state.h"
#include "server/service/operations/dataset.h"

namespace plocal::runtime {

Group::Group(resources::Context& context, std::string arn) : arn_(std::move(arn)) {
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

storage::RowView Group::view(storage::Store& store, const data::Dataset* dataset) {
    return dataset == nullptr ? storage::RowView() : data::view_of(store, dataset->owner);
}

storage::RowView Group::view(storage::Store& store, const data::Dataset* dataset, std::int64_t revision) {
    return dataset == nullptr ? storage::RowView() : data::view_of(store, dataset->owner, revision);
}

bool Group::has_rows(storage::Store& store) const {
    return std::ranges::any_of(datasets_, [&store](const auto& entry) {
        const auto set = store.row_sets().find(entry.second.owner.arn);
        return set && set->counts.total() > 0;
    });
}

std::string key_of(const storage::RowView& view) {
    std::string key;
    for (const storage::RowLevel& level : view.levels) {
        key += std::to_string(level.set) + '@' + std::to_string(level.revision) + (level.is_without_bulk ? "-" : "+");
    }
    return key + '<' + std::to_string(view.last_put_ms);
}

std::string key_of(const storage::RowView& view, storage::Store& store) {
    std::string key = key_of(view);
    for (const storage::RowLevel& level : view.levels) key += '~' + std::to_string(store.batches().changes(level.set));
    return key;
}

}  // namespace plocal::runtime
