// Finds documents in files and folders, and compares fixtures with what is stored. Pure but for the reading of files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/local/snapshot/fixture.h"
#include "storage/record.h"

namespace plocal::snapshot {

/// Adds the document of a file, or of every `*.json` of a folder in the order of their names. Does not enter folders
/// inside it. A path that cannot be read is a problem. The text of a small file, and of one that can be read only once,
/// is kept; a large file is opened again whenever its document is read.
void read_path(std::vector<Document>& documents, const std::string& path, std::vector<FixtureProblem>& problems);

/// The note for the log about a resource that is taken to exist.
std::string assumption_note(std::string_view arn);

/// Returns true where a stored resource is not what the fixture says, for another reason than the time since it was
/// stored.
bool differs_from_stored(const Fixture& fixture, const storage::Record& stored, base::Instant now);

/// Returns true where a stored resource agrees with a fixture: the same members, and the same status at `now`.
bool agrees_with(const Fixture& fixture, const storage::Record& stored, base::Instant now);

}  // namespace plocal::snapshot
