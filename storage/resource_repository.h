// Resources of every kind: the only place that reads or writes the tables resource, resource_reference and
// resource_count. For the one thread that owns the database. Every call may throw SqlError; those that return records
// also std::invalid_argument, for a timeline damaged in the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/due_repository.h"
#include "storage/record.h"

namespace plocal::storage {

namespace sqlite {
class Database;
}

/// A place in a list that is ordered by creation, newest first; what was created at one moment, by id.
struct Position {
    base::Instant created{};
    std::int64_t id = 0;

    bool operator==(const Position&) const = default;
};

struct Page {
    Scope scope;
    std::string kind;
    std::optional<std::string> parent;  // only children of this ARN
    std::optional<Position> after;      // only what comes behind this place
    std::size_t limit = 100;
};

class ResourceRepository {
public:
    /// Both must outlive the repository. `due` is told of each record that is inserted or saved.
    ResourceRepository(sqlite::Database& database, DueRepository& due) : database_(database), due_(due) {}

    /// Stores a record with its references; its id is ignored, a new one given. Returns false, and changes
    /// nothing, where the ARN is taken. An ARN that is named twice is kept once. Several statements: call it inside
    /// a transaction. Throws std::invalid_argument where `to_text` does for the timeline.
    bool insert(const Record& record, const std::vector<Reference>& references);

    /// The record of this ARN, whoever owns it.
    std::optional<Record> find(std::string_view arn);

    /// At most `page.limit` records, newest first.
    std::vector<Record> list(const Page& page);

    /// All children of this ARN that are of this kind, newest first, whoever owns them.
    std::vector<Record> children(std::string_view parent, std::string_view kind);

    /// All resources of a kind that the scope admits, newest first.
    std::vector<Record> all_of(const Scope& scope, std::string_view kind);

    /// Replaces all that can change of the resource of this id: parent, document, timeline, rest, update and due.
    /// Throws std::logic_error where there is none.
    void save(const Record& record);

    /// Has the resource of this id name these and no others. Several statements: call it inside a transaction.
    void replace_references(std::int64_t id, const std::vector<Reference>& references);

    /// Removes a resource with its references; does nothing where there is none.
    void remove(std::string_view arn);

    /// The resources that have been saved or removed since this was last asked, committed or not; some more than once.
    std::vector<std::string> take_changed();

    /// What the resource of this ARN names, in order of ARN.
    std::vector<Reference> references(std::string_view arn);

    /// The resources of a kind that name this ARN: those that found it there first, each in order of insertion.
    std::vector<Record> referrers(std::string_view arn, std::string_view kind);

    /// True where a stored resource names this ARN and it was taken to exist.
    bool is_assumed(std::string_view arn);

    /// Removes an account's resources, with their references and counts.
    void clear(std::string_view account);

    /// Removes all resources, with their references and counts.
    void clear();

private:
    void refer(std::int64_t id, const std::vector<Reference>& references);

    sqlite::Database& database_;
    DueRepository& due_;
    std::vector<std::string> changed_;
};

}  // namespace plocal::storage
