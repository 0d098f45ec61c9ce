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

struct StatusCount {
    std::string kind;
    std::string account;
    std::string status;
    std::int64_t count = 0;
};

/// A resource that time still changes.
struct Moving {
    std::string kind;
    Timeline timeline;
    std::string stable_status;
};

class ResourceRepository {
public:
    /// The database must outlive the repository.
    explicit ResourceRepository(sqlite::Database& database);

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

    /// By account, when the first of its resources is due; never later than it is, and now and then earlier.
    const std::map<std::string, base::Instant, std::less<>>& earliest_due();

    /// The one of an account's resources that is due first, if it is by now. It stays so until it is saved otherwise.
    std::optional<Record> first_due(std::string_view account, base::Instant now);

    /// True where a stored resource names this ARN and it was taken to exist.
    bool is_assumed(std::string_view arn);

    /// How many resources there are, by kind; kinds without any are left out. Costs the same however many.
    std::map<std::string, std::int64_t> counts();

    /// The accounts that own resources, in order; "" is AWS itself.
    std::vector<std::string> accounts();

    /// How many resources there are, by the status that time takes them to. Costs the same however many.
    std::vector<StatusCount> counts_by_stable_status();

    /// At most `limit` of an account's resources that are not at rest yet, the next to be so first.
    std::vector<Moving> moving(std::string_view account, base::Instant now, std::size_t limit);

    /// When the last of an account's resources has come to rest; nothing where none has a timed step.
    std::optional<base::Instant> latest_stable(std::string_view account);

    /// Removes an account's resources, with their references and counts.
    void clear(std::string_view account);

    /// Removes all resources, with their references and counts.
    void clear();

private:
    void refer(std::int64_t id, const std::vector<Reference>& references);
    void note_due(const Record& record);

    sqlite::Database& database_;
    std::vector<std::string> changed_;
    std::optional<std::map<std::string, base::Instant, std::less<>>> earliest_due_;
};

}  // namespace plocal::storage
