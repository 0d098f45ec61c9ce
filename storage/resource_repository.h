// Stores resources of every kind, of which all but `stage` sees the visible ones alone. On the thread that owns the
// database. Every call may throw SqlError. Calls that return records also throw std::invalid_argument if a timeline is
// damaged in the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/due_repository.h"
#include "storage/former_records.h"
#include "storage/kept_records.h"
#include "storage/layer_repository.h"
#include "storage/record.h"
#include "storage/resource_rows.h"
#include "storage/work_repository.h"

namespace plocal::storage {

namespace sqlite {
class Database;
}

/// A position in a list, which is ordered by creation time and then by place, newest first.
struct Position {
    base::Instant created{};
    std::int64_t place = 0;

    bool operator==(const Position&) const = default;
};

struct Page {
    Scope scope;
    std::string kind;
    std::optional<std::string> parent;  // only children of this ARN
    std::optional<Position> after;      // only resources behind this position
    std::size_t limit = 100;
};

class ResourceRepository {
public:
    /// All must outlive the repository. It calls `note` of `due` and `work` for each record that is inserted or saved.
    ResourceRepository(sqlite::Database& database, LayerRepository& layers, DueRepository& due, WorkRepository& work);

    /// Stores a record with its references under a new id; `record.id` is ignored. Returns false and changes nothing if
    /// the ARN is taken. Stores a target that is referenced twice once. Several statements: call it inside a
    /// transaction. Throws std::invalid_argument if `to_text` does for the timeline.
    bool insert(const Record& record, const std::vector<Reference>& references);

    /// Inserts resources into invisible layers of their accounts. Leaves out those whose layer has the ARN.
    void stage(std::span<NewResource> resources) { rows_.insert(resources); }

    /// Returns the ARN of a visible resource with an id above `id` that the invisible layer has too, or nothing.
    std::optional<std::string> find_twin(std::int64_t layer, std::int64_t id);

    /// The highest id that was given so far.
    std::int64_t last_id() { return rows_.last_id(); }

    /// Returns the record of this ARN, of any owner, or nothing.
    std::optional<Record> find(std::string_view arn);

    /// The same, shared with later calls; null for nothing. Costs little while nothing is written.
    std::shared_ptr<const Record> find_shared(std::string_view arn);

    /// To be called where other layers have become visible.
    void note_switch() { ++switches_; }

    /// Returns at most `page.limit` records, newest first.
    std::vector<Record> list(const Page& page);

    /// Returns at most `limit` resources of a kind behind a position, of any owner, oldest first.
    std::vector<Record> oldest_first(std::string_view kind, const std::optional<Position>& after, std::size_t limit);

    /// Returns all children of this ARN that are of this kind, of any owner, newest first.
    std::vector<Record> children(std::string_view parent, std::string_view kind);

    /// Returns all resources of a kind that the scope admits, newest first.
    std::vector<Record> all_of(const Scope& scope, std::string_view kind);

    /// Returns the resources of a kind whose document has this text in it, in order of insertion: those of the scope,
    /// without those of AWS. Reads the documents of all of them.
    std::vector<Record> with_text(const Scope& scope, std::string_view kind, std::string_view text);

    /// Replaces parent, document, timeline, stable state, update and due time of the resource with the record's id.
    /// Several statements: call it inside a transaction. Throws std::logic_error if there is no such resource.
    void save(const Record& record);

    /// Replaces the references of the resource with this id. Several statements: call it inside a transaction.
    void replace_references(std::int64_t id, const std::vector<Reference>& references);

    /// Removes the resource with the record's id, with its references. Does nothing if there is no such resource.
    /// Several statements: call it inside a transaction.
    void remove(const Record& record);

    /// Removes at most `limit` children of this ARN that are of this kind, with their references. Returns their ARNs.
    std::vector<std::string> remove_children(std::string_view parent, std::string_view kind, std::int64_t limit);

    /// Returns the ARNs of the resources that were saved or removed since the last call, committed or not, some of them
    /// more than once.
    std::vector<std::string> take_changed();

    /// What resources were before they were inserted, saved or removed, committed or not. Kept once that is asked for.
    FormerRecords& former() { return former_; }

    /// Returns how often resources were inserted, saved or removed by this process, committed or not.
    std::int64_t writes() const { return writes_; }

    /// Returns the references of the resource with this ARN, in order of target.
    std::vector<Reference> references(std::string_view arn);

    /// Returns the resources of a kind that reference this ARN: first those whose reference is not assumed, then the
    /// others, each in order of insertion.
    std::vector<Record> referrers(std::string_view arn, std::string_view kind);

    /// The same, without those that have reached a status that is terminal, so far as their stable state tells: by
    /// `now` if they belong to this account. Reads no timeline of theirs.
    std::vector<Record> changing_referrers(std::string_view arn, std::string_view kind, std::string_view account,
                                           base::Instant now, bool (*is_terminal)(std::string_view status));

    /// Returns true if a stored resource references this ARN and the target was assumed to exist.
    bool is_assumed(std::string_view arn);

private:
    void remember(std::string_view arn);

    sqlite::Database& database_;
    LayerRepository& layers_;
    ResourceRows rows_;
    DueRepository& due_;
    WorkRepository& work_;
    std::vector<std::string> changed_;
    FormerRecords former_;
    std::int64_t writes_ = 0;
    std::int64_t switches_ = 0;
    KeptRecords kept_;
};

}  // namespace plocal::storage
