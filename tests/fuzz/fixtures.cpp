// Fixtures documents, read without a store, in pieces whose size the first byte chooses: the same resources and the
// same problems, each with its place.
#include <string>
#include <vector>

#include "server/base/iso8601.h"
#include "server/base/text.h"
#include "server/local/snapshot/document_set.h"
#include "server/local/snapshot/row_loads.h"
#include "tests/fuzz/target.h"

namespace plocal::fuzz {
namespace {

struct ReadDocument {
    std::vector<std::string> arns;
    std::vector<std::string> problems;

    bool operator==(const ReadDocument&) const = default;
};

/// Reads the rows of the datasets that were noted, as a load does.
void read_rows_of(snapshot::RowLoads& loads, std::vector<snapshot::FixtureProblem>& problems) {
    const auto nothing = [](std::string_view) { return std::nullopt; };
    for (const snapshot::RowLoad& load : loads.take(nothing, problems)) {
        for (const snapshot::RowsInput& input : load.inputs) {
            if (!input.file.empty()) continue;
            const snapshot::OpenRows rows = snapshot::open_rows(input, load.columns);
            data::Event row;
            while (snapshot::read_row(input, rows, row, problems)) continue;
        }
    }
}

ReadDocument read_document(std::string_view text, std::size_t piece_bytes) {
    const auto now = *base::parse_iso8601("2026-01-31T12:00:00.123Z");
    lifecycle::Clocks clocks(lifecycle::Clock::frozen(now));
    lifecycle::ClockReadings readings(clocks);
    const lifecycle::PlanOverrides plans{lifecycle::Plan{}};
    const snapshot::DocumentSet set({snapshot::Document("", std::string(text), piece_bytes)}, {});
    snapshot::FixtureReader reader = set.reader({plans, readings});
    ReadDocument reading;
    snapshot::RowLoads loads;
    std::vector<snapshot::Fixture> batch;
    while (reader.next(batch)) {
        for (const snapshot::Fixture& fixture : batch) {
            reading.arns.push_back(fixture.record.arn);
            loads.note(fixture);
        }
    }
    std::vector<snapshot::FixtureProblem> problems = reader.problems().list();
    if (problems.empty()) {
        loads.add(std::move(reader.data()));
        read_rows_of(loads, problems);
    }
    for (const snapshot::FixtureProblem& problem : problems) {
        require(!problem.expected.empty() && !problem.found.empty(), "a problem says what was expected and found");
        reading.problems.push_back(problem.text());
    }
    return reading;
}

void run_fixtures(std::string_view input) {
    if (input.empty()) return;
    const std::size_t piece_bytes = 1U + static_cast<unsigned char>(input.front()) % 64U;
    const std::string_view text = input.substr(1);
    const ReadDocument reading = read_document(text, std::string_view::npos);
    require(reading == read_document(text, piece_bytes), "a document does not depend on pieces",
            reading.problems.empty() ? "" : reading.problems.front());
    for (const std::string& problem : reading.problems) {
        require(base::is_utf8(problem) || !base::is_utf8(text), "a problem is a text", problem);
    }
}

}  // namespace
}  // namespace plocal::fuzz

PLOCAL_FUZZ_TARGET(fixtures, plocal::fuzz::run_fixtures)
