#include "server/local/snapshot/loader.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "server/base/file.h"
#include "server/local/snapshot/absent_references.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/operations/registry.h"
#include "server/service/resources/life.h"

namespace plocal::snapshot {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t most_kept_bytes = std::uintmax_t{1024} * 1024;

void read_file(std::vector<Document>& documents, const fs::path& path, std::vector<FixtureProblem>& problems) {
    std::error_code error;
    const bool is_large = fs::is_regular_file(path, error) && fs::file_size(path, error) > most_kept_bytes;
    if (is_large && std::ifstream(path)) return documents.push_back(Document::in_file(path.string()));
    std::string text = base::read_text_file(path, error);
    if (!error) return documents.push_back({path.string(), std::move(text)});
    problems.push_back({{path.string(), ""}, "a file that can be read", "one that cannot: " + error.message()});
}

bool differs_from_stored(storage::Store& store, const Fixture& fixture, base::Instant now) {
    const auto stored = store.resources().find(fixture.record.arn);
    if (!stored) return false;
    // A resource in progress has advanced since it was loaded. That is not a difference.
    const bool is_in_progress = fixture.record.timeline.steps.size() > 1;
    return is_in_progress ? stored->document != fixture.record.document : !agrees_with(fixture, *stored, now);
}

}  // namespace

std::string assumption_note(std::string_view arn) {
    return "fixtures name a resource that is not there; it is taken to exist and to fit: " + std::string(arn);
}

void read_path(std::vector<Document>& documents, const std::string& path, std::vector<FixtureProblem>& problems) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
        if (fs::exists(path, error)) return read_file(documents, path, problems);
        problems.push_back({{path, ""}, "a file or a folder of *.json", "nothing at that path"});
        return;
    }
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(path, error)) {
        if (entry.path().extension() == ".json" && !entry.is_directory()) files.push_back(entry.path());
    }
    if (error) problems.push_back({{path, ""}, "a folder that can be read", error.message()});
    if (files.empty() && !error) problems.push_back({{path, ""}, "at least one *.json in the folder", "none"});
    std::ranges::sort(files);
    for (const fs::path& file : files) read_file(documents, file, problems);
}

Loader::Loader(storage::Store& store, const ArnIndex& arns, std::uint64_t seed, lifecycle::ClockReadings& readings)
    : store_(store), arns_(arns), seed_(seed), readings_(readings) {}

void Loader::load(std::vector<Fixture>& batch) {
    const resources::LifeRules rules{operations::hooks(), seed_};
    StoredArns stored(store_);
    for (Fixture& fixture : batch) {
        for (storage::Reference& reference : fixture.references) {
            const bool is_there = arns_.contains(reference.arn) || stored.contains(reference.arn);
            reference.assumed = !is_there && !fixture.absent.contains(reference.arn);
            if (reference.assumed && !is_of_aws(reference.arn)) taken_to_exist_.insert(reference.arn);
        }
        const base::Instant now = readings_.now_of(fixture.record.owner.account);
        if (resources::insert_life(store_, rules, fixture.record, fixture.references, now)) {
            store_.tags().put(fixture.record.arn, fixture.tags);
        } else if (differs_from_stored(store_, fixture, now)) {
            differences_.push_back(fixture.place.text() +
                                   " differs from what the database has, which stays: " + fixture.record.arn);
        }
    }
}

std::vector<std::string> Loader::notes() const {
    std::vector<std::string> notes = differences_;
    for (const std::string& arn : taken_to_exist_) notes.push_back(assumption_note(arn));
    return notes;
}

std::vector<std::string> load(storage::Store& store, std::vector<Fixture> fixtures, std::uint64_t seed,
                              lifecycle::ClockReadings& readings) {
    ArnIndex arns;
    for (const Fixture& fixture : fixtures) arns.add(fixture.record.arn);
    arns.finish();
    Loader loader(store, arns, seed, readings);
    loader.load(fixtures);
    return loader.notes();
}

bool agrees_with(const Fixture& fixture, const storage::Record& stored, base::Instant now) {
    if (fixture.record.kind != stored.kind || fixture.record.document != stored.document) return false;
    if (stored.timeline.steps.empty()) return true;
    return lifecycle::state_at(fixture.record.timeline, now).status == lifecycle::state_at(stored.timeline, now).status;
}

}  // namespace plocal::snapshot
