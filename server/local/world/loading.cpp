#include "server/local/world/loading.h"

#include <chrono>
#include <numeric>
#include <utility>

#include "server/local/world/import_checks.h"

namespace plocal::world {
namespace {

// Reading 1 MB takes about as long as a step may take.
constexpr std::uint64_t most_bytes_in_a_step = 1'000'000;

std::uint64_t size_of(const std::vector<snapshot::Document>& documents) {
    return std::accumulate(
        documents.begin(), documents.end(), std::uint64_t{0},
        [](std::uint64_t size, const snapshot::Document& document) { return size + document.size(); });
}

}  // namespace

Loading::Loading(Load load) : load_(std::make_unique<Load>(std::move(load))) {
    load_->readings = std::make_unique<lifecycle::ClockReadings>(load_->settings->clocks);
    const std::uint64_t bytes = load_->moving ? load_->moving->bytes() : size_of(load_->documents);
    is_large_ = bytes > most_bytes_in_a_step;
    opening_ = std::async(is_large_ ? std::launch::async : std::launch::deferred,
                          [&of = std::as_const(*load_)] { return open(of); });
}

std::unique_ptr<Loading::Opened> Loading::open(const Load& load) {
    snapshot::DocumentSet documents(load.documents, load.targets);
    snapshot::FixtureReader reader = documents.reader({.plans = load.settings->plans,
                                                       .readings = *load.readings,
                                                       .setting_names = known_settings().names,
                                                       .is_wanted = load.is_wanted});
    return std::make_unique<Opened>(std::move(documents), std::move(reader));
}

Loading::Progress Loading::step() {
    if (load_ == nullptr) return Progress::is_over;
    if (opening_.valid()) {
        if (opening_.wait_for(std::chrono::seconds(0)) == std::future_status::timeout) return Progress::waits;
        opened_ = opening_.get();
        begin();
        return Progress::goes_on;
    }
    if (!rows_) {
        if (read_ahead_->take(batch_)) {
            take_batch();
        } else if (read_ahead_->is_over()) {
            begin_rows();
        } else {
            return Progress::waits;
        }
        return Progress::goes_on;
    }
    if (!trainings_) {
        if (rows_->step(problems_)) return Progress::goes_on;
        finish();
        trainings_.emplace(load_->staging->take_given_trainings());
    }
    return trainings_->step(load_->staging->store()) ? Progress::goes_on : Progress::is_over;
}

void Loading::run() {
    for (Progress progress = Progress::goes_on; progress != Progress::is_over; progress = step()) {
        if (progress == Progress::waits) opening_.valid() ? opening_.wait() : read_ahead_->wait();
    }
}

void Loading::begin() {
    load_->sections = opened_->documents.sections(known_settings(), problems_);
    load_->apply(*load_, opened_->documents, problems_);
    load_->staging->expect(opened_->reader.arns());
    read_ahead_ = std::make_unique<ReadAhead>(load_->moving ? reading_again() : reading(),
                                              is_large_ ? ReadAhead::Where::on_own_thread : ReadAhead::Where::in_place);
}

/// Reads the documents.
ReadAhead::Read Loading::reading() {
    return [&opened = *opened_](std::vector<snapshot::Fixture>& batch) {
        const bool is_read = opened.reader.next(batch);
        if (!opened.reader.problems().empty()) opened.has_problems = true;
        return is_read;
    };
}

ReadAhead::Read Loading::reading_again() {
    constexpr std::size_t most = snapshot::FixtureReader::most_at_once;
    return [&load = *load_, from = std::size_t{0}](std::vector<snapshot::Fixture>& batch) mutable {
        batch = load.moving->read(from, from + most, {.plans = load.settings->plans, .readings = *load.readings});
        from += most;
        return !batch.empty();
    };
}

void Loading::take_batch() {
    for (const snapshot::Fixture& fixture : batch_) row_loads_.note(fixture);
    if (problems_.empty() && !opened_->has_problems) load_->staging->add(batch_);
}

void Loading::begin_rows() {
    row_loads_.add(std::move(opened_->reader.data()));
    storage::Store& store = load_->staging->store();
    const auto find = [&store](std::string_view arn) { return store.resources().find(arn); };
    std::vector<snapshot::RowLoad> loads = row_loads_.take(find, problems_);
    const bool is_stored = problems_.empty() && !opened_->has_problems;
    const RowLoading::Target target{store, *load_->staging, *load_->readings};
    rows_.emplace(std::move(loads), row_loads_.revisions(), is_stored ? std::optional(target) : std::nullopt,
                  std::move(load_->rows));
}

void Loading::finish() {
    const std::vector<snapshot::FixtureProblem> found = opened_->reader.problems().list();
    problems_.insert(problems_.end(), found.begin(), found.end());
    if (!problems_.empty()) throw BadDocuments(std::move(problems_));
    load_->rows = rows_->take_sets();
    load_->finish(*load_);
}

}  // namespace plocal::world
