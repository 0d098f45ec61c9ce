// Fixtures from files and folders into the store.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/local/snapshot/reader.h"
#include "storage/store.h"

namespace plocal::snapshot {

/// Adds a file, or every `*.json` of a folder in order of name; not the folders inside it. A path that cannot be read
/// is a problem.
void read_path(std::vector<Document>& documents, const std::string& path, std::vector<FixtureProblem>& problems);

/// Adds to the problems of a reading what only shows when all documents are there: one ARN given in two ways, and
/// resources that name each other and do not fit. Of an ARN that is given twice alike, the first stays.
void merge_documents(Reading& reading);

/// Stores the fixtures of a reading without problems: those whose ARN the store does not know. What
/// they name and is nowhere is taken to exist. Needs a transaction. Returns notes for the log: what was taken to exist,
/// and which fixtures differ from what is stored. On the thread that owns the store; throws SqlError.
std::vector<std::string> load(storage::Store& store, std::vector<Fixture> fixtures, std::uint64_t seed,
                              lifecycle::ClockReadings& readings);

/// Whether a fixture says of a stored resource what is so anyway: the same members, and the same status now.
bool is_so(const Fixture& fixture, const storage::Record& stored, base::Instant now);

}  // namespace plocal::snapshot
