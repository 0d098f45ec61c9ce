// Reads fixtures from files and folders, and loads them into the store. On the thread that owns the store.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/local/snapshot/fixture.h"
#include "storage/store.h"

namespace plocal::snapshot {

/// Adds the document of a file, or of every `*.json` of a folder in the order of their names. Does not enter folders
/// inside it. A path that cannot be read is a problem.
void read_path(std::vector<Document>& documents, const std::string& path, std::vector<FixtureProblem>& problems);

/// Adds the problems that show only when all documents are read: one ARN with two contents, and resources that name
/// each other and do not fit. Keeps the first of two equal fixtures.
void merge_documents(Reading& reading);

/// Returns true where a stored resource is not what the fixture says, for another reason than the time since it was
/// stored.
bool differs_from_stored(const Fixture& fixture, const storage::Record& stored, base::Instant now);

/// Returns true where a stored resource agrees with a fixture: the same members, and the same status at `now`.
bool agrees_with(const Fixture& fixture, const storage::Record& stored, base::Instant now);

}  // namespace plocal::snapshot
