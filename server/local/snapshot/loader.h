// Reads fixtures from files and folders, and loads them into the store. On the thread that owns the store.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "server/local/snapshot/arn_index.h"
#include "server/local/snapshot/fixture.h"
#include "storage/store.h"

namespace plocal::snapshot {

/// Adds the document of a file, or of every `*.json` of a folder in the order of their names. Does not enter folders
/// inside it. A path that cannot be read is a problem. The text of a small file, and of one that can be read only once,
/// is kept; a large file is opened again whenever its document is read.
void read_path(std::vector<Document>& documents, const std::string& path, std::vector<FixtureProblem>& problems);

/// Loads fixtures into the store, a batch at a time.
///
/// Stores the fixtures whose ARN the store does not have. A resource that a fixture names and that exists nowhere is
/// taken to exist, unless the fixture says that it is absent.
class Loader {
public:
    /// `arns` are those of all fixtures that are to be loaded. All must outlive the loader.
    Loader(storage::Store& store, const ArnIndex& arns, std::uint64_t seed, lifecycle::ClockReadings& readings);

    /// Needs a transaction. Throws SqlError.
    void load(std::vector<Fixture>& batch);

    /// Returns notes for the log: which fixtures differ from what is stored, and which resources are taken to exist.
    std::vector<std::string> notes() const;

private:
    storage::Store& store_;
    const ArnIndex& arns_;
    std::uint64_t seed_;
    lifecycle::ClockReadings& readings_;
    std::vector<std::string> differences_;
    std::set<std::string> taken_to_exist_;
};

/// Loads all fixtures as one batch and returns the notes. Needs a transaction. Throws SqlError.
std::vector<std::string> load(storage::Store& store, std::vector<Fixture> fixtures, std::uint64_t seed,
                              lifecycle::ClockReadings& readings);

/// The note for the log about a resource that is taken to exist.
std::string assumption_note(std::string_view arn);

/// Returns true where a stored resource agrees with a fixture: the same members, and the same status at `now`.
bool agrees_with(const Fixture& fixture, const storage::Record& stored, base::Instant now);

}  // namespace plocal::snapshot
