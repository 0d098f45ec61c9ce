#include "server/local/world/row_loading.h"

#include <span>
#include <system_error>
#include <utility>

#include "server/local/snapshot/problem_list.h"
#include "server/service/resources/arn.h"

namespace plocal::world {

using data::rows_in_a_step;
using snapshot::FixtureProblem;
using snapshot::RowLoad;

RowLoading::RowLoading(std::vector<RowLoad> loads, std::map<std::string, std::int64_t> revisions,
                       std::optional<Target> target, Sets read)
    : loads_(std::move(loads)), revisions_(std::move(revisions)), target_(target), sets_(std::move(read)) {}

bool RowLoading::step(std::vector<FixtureProblem>& problems) {
    if (!problems.empty()) {
        import_.reset();
        target_.reset();
    }
    if (load_ == loads_.size()) {
        if (target_) raise_revisions();
        return false;
    }
    const bool is_shared = !is_begun_ && !begin_dataset();
    if (is_shared || input_ == loads_[load_].inputs.size()) {
        end_dataset();
    } else if (rows_ || open_input(problems)) {
        read_some(problems);
    }
    return true;
}

/// Gives the dataset its set. Returns false where there is nothing to read: it shares the rows of another one, or stays
/// as it is.
bool RowLoading::begin_dataset() {
    is_begun_ = true;
    const RowLoad& load = loads_[load_];
    const auto shared = sets_.find(load.key);
    if (!target_) return sets_.try_emplace(load.key).second;
    if (!target_->staging.has_staged(load.owner.arn)) return false;
    storage::sqlite::Transaction transaction = target_->store.begin();
    const std::int64_t layer = target_->staging.layer_of_rows(load.owner.account);
    const std::optional<storage::RowSet> base = shared == sets_.end() ? std::nullopt : std::optional(shared->second);
    const storage::RowSet set = target_->store.row_sets().add(load.owner, layer, base);
    transaction.commit();
    if (base) return false;
    set_ = set;
    return true;
}

/// Returns false, and passes over the input, where it cannot be opened.
bool RowLoading::open_input(std::vector<FixtureProblem>& problems) {
    const RowLoad& load = loads_[load_];
    const snapshot::RowsInput& input = load.inputs[input_];
    try {
        rows_ = snapshot::open_rows(input, load.columns);
    } catch (const std::system_error& error) {
        problems.push_back(snapshot::unreadable(input, error.code().message()));
        ++input_;
        return false;
    }
    if (!target_) return true;
    if (input.batch) {
        import_ = std::make_unique<data::RowImport>(target_->store, *set_, load.columns, *input.batch);
        return true;
    }
    const base::Instant now = target_->readings.now_of(load.owner.account);
    import_ = std::make_unique<data::RowImport>(target_->store, *set_, load.columns, now);
    return true;
}

void RowLoading::read_some(std::vector<FixtureProblem>& problems) {
    const snapshot::RowsInput& input = loads_[load_].inputs[input_];
    batch_.resize(rows_in_a_step);
    std::size_t count = 0;
    bool goes_on = true;
    while (goes_on && count < rows_in_a_step) {
        const bool is_enough = problems.size() >= snapshot::ProblemList::most_kept;
        goes_on = !is_enough && snapshot::read_row(input, *rows_, batch_[count], problems);
        if (goes_on) ++count;
    }
    if (import_ != nullptr && problems.empty()) {
        storage::sqlite::Transaction transaction = target_->store.begin();
        import_->add(std::span<const data::Event>(batch_).first(count));
        if (!goes_on) import_->finish();
        transaction.commit();
    }
    if (!goes_on) end_input();
}

void RowLoading::end_input() {
    import_.reset();
    rows_.reset();
    ++input_;
}

void RowLoading::end_dataset() {
    // The counts of a set change with each batch: a copy takes those of the end.
    if (set_ && target_) sets_.insert_or_assign(loads_[load_].key, target_->store.row_sets().get(set_->id));
    set_.reset();
    is_begun_ = false;
    input_ = 0;
    ++load_;
}

/// A revision may be higher than those of the batches that are left, and is never given twice.
void RowLoading::raise_revisions() {
    storage::sqlite::Transaction transaction = target_->store.begin();
    for (const auto& [group, revision] : std::exchange(revisions_, {})) {
        const auto arn = resources::parse_arn(group);
        if (!arn || !target_->staging.has_staged(group)) continue;
        const std::int64_t layer = target_->staging.layer_of_rows(std::string(arn->account));
        target_->store.row_sets().raise_to(group, layer, revision);
    }
    transaction.commit();
}

}  // namespace plocal::world
