#include "server/app/fixture_check.h"

#include <set>
#include <utility>

#include "server/base/parallel.h"
#include "server/local/snapshot/absent_references.h"
#include "server/local/snapshot/document_set.h"
#include "server/local/snapshot/row_loads.h"
#include "server/local/world/import_checks.h"
#include "server/local/world/row_loading.h"
#include "server/local/world/setting_table.h"
#include "server/service/operations/filter_doubts.h"

namespace plocal::app {
namespace {

using snapshot::FixtureProblem;
using world::TenantSettings;
using world::WorldConfig;

/// Reads all rows for their problems.
void check_rows(snapshot::RowLoads& rows, snapshot::FixtureReader& reader, std::vector<FixtureProblem>& problems) {
    rows.add(std::move(reader.data()));
    const auto none = [](std::string_view) { return std::optional<storage::Record>(); };
    std::vector<snapshot::RowLoad> loads = rows.take(none, problems);
    world::RowLoading loading(std::move(loads), {}, std::nullopt);
    while (loading.step(problems)) continue;
}

}  // namespace

CheckedFixtures check_fixtures(const WorldConfig& config) {
    const snapshot::DocumentSet documents(config.documents, {.as_written = true, .accounts = config.accounts});
    TenantSettings tenants = world::fresh_settings(config);
    std::vector<FixtureProblem> problems;
    const snapshot::SettingsSections sections = documents.sections(world::known_settings(), problems);
    world::apply_sections(tenants, sections, world::settings_fixed_by_flags(config, config.accounts), problems);
    lifecycle::ClockReadings readings(tenants.clocks);
    snapshot::FixtureReader reader = documents.reader({.plans = tenants.plans,
                                                       .readings = readings,
                                                       .setting_names = world::known_settings().names,
                                                       .threads = base::most_threads()});
    CheckedFixtures checked;
    std::set<std::string> taken_to_exist;
    operations::FilterDoubts filter_doubts;
    std::vector<snapshot::Fixture> batch;
    snapshot::RowLoads rows;
    while (reader.next(batch)) {
        for (const snapshot::Fixture& fixture : batch) rows.note(fixture);
        checked.resources += static_cast<std::int64_t>(batch.size());
        for (const snapshot::Fixture& fixture : batch) {
            if (!fixture.doubt.empty()) checked.notes.push_back(fixture.doubt);
            if (operations::FilterDoubts::concerns(fixture.record.kind))
                filter_doubts.note(fixture.record.kind, fixture.record.arn, fixture.record.document,
                                   fixture.place.text());
            for (const storage::Reference& reference : fixture.references) {
                const bool is_said_to_be_absent = fixture.absent.contains(reference.arn);
                if (is_said_to_be_absent || snapshot::is_of_aws(reference.arn)) continue;
                if (!reader.arns().contains(reference.arn)) taken_to_exist.insert(reference.arn);
            }
        }
    }
    check_rows(rows, reader, problems);
    const std::vector<FixtureProblem> found = reader.problems().list();
    problems.insert(problems.end(), found.begin(), found.end());
    if (!problems.empty()) throw world::BadDocuments(std::move(problems));
    for (const auto& [place, refusal] : filter_doubts.list()) {
        checked.notes.push_back(snapshot::doubt_line(place, refusal));
    }
    for (const std::string& arn : taken_to_exist) checked.notes.push_back(snapshot::assumption_note(arn));
    return checked;
}

}  // namespace plocal::app
