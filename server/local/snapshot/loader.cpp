#include "server/local/snapshot/loader.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include "server/base/file.h"
#include "server/local/snapshot/absent_references.h"
#include "server/local/snapshot/fit_check.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/operations/registry.h"
#include "server/service/resources/life.h"

namespace plocal::snapshot {
namespace {

namespace fs = std::filesystem;

bool is_same(const storage::Record& a, const storage::Record& b) {
    return a.kind == b.kind && a.document == b.document && a.update == b.update && a.created == b.created &&
           a.timeline == b.timeline;
}

void read_file(std::vector<Document>& documents, const fs::path& path, std::vector<FixtureProblem>& problems) {
    std::error_code error;
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

void merge_documents(Reading& reading) {
    std::map<std::string, const Fixture*> first;
    std::vector<Fixture> kept;
    kept.reserve(reading.fixtures.size());
    for (Fixture& fixture : reading.fixtures) {
        const auto [at, is_new] = first.try_emplace(fixture.record.arn, nullptr);
        if (is_new) {
            kept.push_back(std::move(fixture));
            at->second = &kept.back();
        } else if (!is_same(at->second->record, fixture.record)) {
            reading.problems.push_back({fixture.place, "each ARN once, or the same each time",
                                        fixture.record.arn + ", which differs from " + at->second->place.text()});
        }
    }
    reading.fixtures = std::move(kept);
    check_fit(reading);
}

std::vector<std::string> load(storage::Store& store, std::vector<Fixture> fixtures, std::uint64_t seed,
                              lifecycle::ClockReadings& readings) {
    const resources::LifeRules rules{operations::hooks(), seed};
    std::vector<std::string> notes;
    std::set<std::string> arns;
    std::set<std::string> taken_to_exist;
    for (const Fixture& fixture : fixtures) arns.insert(fixture.record.arn);
    for (Fixture& fixture : fixtures) {
        for (storage::Reference& reference : fixture.references) {
            const bool is_there = arns.contains(reference.arn) || store.resources().find(reference.arn);
            reference.assumed = !is_there && !fixture.absent.contains(reference.arn);
            if (reference.assumed && !is_of_aws(reference.arn)) taken_to_exist.insert(reference.arn);
        }
        const base::Instant now = readings.now_of(fixture.record.owner.account);
        if (resources::insert_life(store, rules, fixture.record, fixture.references, now)) {
            store.tags().put(fixture.record.arn, fixture.tags);
        } else if (differs_from_stored(store, fixture, now)) {
            notes.push_back(fixture.place.text() +
                            " differs from what the database has, which stays: " + fixture.record.arn);
        }
    }
    for (const std::string& arn : taken_to_exist) {
        notes.push_back("fixtures name a resource that is not there; it is taken to exist and to fit: " + arn);
    }
    return notes;
}

bool agrees_with(const Fixture& fixture, const storage::Record& stored, base::Instant now) {
    if (fixture.record.kind != stored.kind || fixture.record.document != stored.document) return false;
    if (stored.timeline.steps.empty()) return true;
    return lifecycle::state_at(fixture.record.timeline, now).status == lifecycle::state_at(stored.timeline, now).status;
}

}  // namespace plocal::snapshot
