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

bool differs_from_stored(const Fixture& fixture, const storage::Record& stored, base::Instant now) {
    // A resource in progress has advanced since it was loaded. That is not a difference.
    const bool is_in_progress = fixture.record.timeline.steps.size() > 1;
    return is_in_progress ? stored.document != fixture.record.document : !agrees_with(fixture, stored, now);
}

bool agrees_with(const Fixture& fixture, const storage::Record& stored, base::Instant now) {
    if (fixture.record.kind != stored.kind || fixture.record.document != stored.document) return false;
    if (stored.timeline.steps.empty()) return true;
    return lifecycle::state_at(fixture.record.timeline, now).status == lifecycle::state_at(stored.timeline, now).status;
}

}  // namespace plocal::snapshot
