// Resources read from documents, before any of them is stored. Plain data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/local/snapshot/document.h"
#include "server/service/lifecycle/clocks.h"
#include "server/service/lifecycle/overrides.h"
#include "storage/record.h"
#include "storage/row_set.h"
#include "storage/tag_repository.h"
#include "storage/trainings.h"

namespace plocal::snapshot {

/// Rows of a dataset, as a document names or holds them: one batch.
struct RowsInput {
    Location place;                                 // of the name of the file, or of the list
    std::string dataset;                            // its ARN
    std::string file;                               // its path; empty where the document holds the rows
    base::Json rows;                                // a list, where it was read already
    std::optional<Document> document = {};          // has the list, where it was not
    std::uint64_t offset = 0;                       // of the list in the document, in bytes
    std::optional<storage::ShownBatch> batch = {};  // of a snapshot; an import in bulk without it
};

struct Fixture {
    Location place;
    storage::Record record;
    base::Instant now{};                         // of its account's clock, while it was read
    std::vector<storage::Reference> references;  // `assumed` is false in all of them; the loader decides it
    std::vector<storage::Tag> tags;
    std::set<std::string> absent;  // ARNs of `references` that do not exist and are not taken to exist
    std::string doubt;             // a line about what Create would refuse of it; or empty
    std::string text;              // as the document has it
    std::string copy_for;          // the account of a copy; empty for the document as it was written
    std::vector<RowsInput> rows = {};
    std::int64_t revision = 0;                      // of a dataset group of a snapshot
    std::optional<storage::Training> trained = {};  // what a solution version or recommender knows
};

/// The line about what Create would refuse of the fixture at a place.
inline std::string doubt_line(const std::string& place, const std::string& refusal) {
    return place + ": the service would refuse this: " + refusal;
}

/// The place of a fixture in the documents of a run, in few bytes.
struct FixtureKey {
    static constexpr std::uint32_t no_index = UINT32_MAX;

    std::uint32_t part = 0;          // which document, for which account
    std::uint32_t member = 0;        // which member of the document
    std::uint32_t index = no_index;  // in the member's list
};

/// What the reading of a resource depends on beside its document. All of it must outlive the reading.
struct ReadContext {
    const lifecycle::PlanOverrides& plans;
    lifecycle::ClockReadings& readings;
    std::span<const std::string> setting_names = {};  // members of a document that are not resources

    /// Returns true for an account whose resources are wanted, "" for AWS. Those of other accounts are checked and
    /// left out. Null: all are wanted.
    std::function<bool(std::string_view account)> is_wanted = {};

    unsigned threads = 1;  // that read resources at once; one where others have to be stored meanwhile
};

}  // namespace plocal::snapshot
