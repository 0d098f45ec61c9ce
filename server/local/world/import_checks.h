// Documents on their way into a world: for whom, under which conditions, and whether they can be. On the thread that
// owns the world.
#pragma once

#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "server/local/snapshot/document_set.h"
#include "server/local/world/tenant_settings.h"
#include "storage/record.h"
#include "storage/store.h"

namespace plocal::world {

/// Documents that cannot be made a world of: all that is wrong with them.
class BadDocuments : public std::runtime_error {
public:
    explicit BadDocuments(std::vector<snapshot::FixtureProblem> problems)
        : std::runtime_error(problems.front().text()), problems_(std::move(problems)) {}

    const std::vector<snapshot::FixtureProblem>& problems() const { return problems_; }

private:
    std::vector<snapshot::FixtureProblem> problems_;
};

/// A document that contradicts what the world has.
class Conflict : public std::runtime_error {
public:
    /// `pointer` is a JSON pointer into the document.
    Conflict(const std::string& message, std::string pointer)
        : std::runtime_error(message), pointer_(std::move(pointer)) {}

    const std::string& pointer() const { return pointer_; }

private:
    std::string pointer_;
};

/// Whom a document that somebody sends is for: an account, or where it is "" whom it names itself.
snapshot::TargetAccounts targets_for(const std::string& account);

/// Throws BadDocuments where a document that is for one account speaks of others, or of what AWS owns.
void refuse_foreign_members(const snapshot::DocumentSet& documents, const std::string& account);

/// Throws Conflict where documents that are added would set a clock back, or have the id of a rule that is there.
void refuse_contradictions(const snapshot::SettingsSections& sections, TenantSettings& settings);

/// Throws Conflict where a resource that is added is there already in another form. Throws SqlError.
void refuse_others(storage::Store& store, const std::vector<snapshot::Fixture>& fixtures,
                   lifecycle::ClockReadings& readings);

/// The rules of an arrangement that is added; those without an id of their own are given one when they go into a book.
std::vector<rules::Rule> rules_in(snapshot::SettingsSection section);

/// The resources of documents that are good, with their arrangements put into `conditions`, but for what has been kept.
/// Throws BadDocuments.
snapshot::Reading read_under(const snapshot::DocumentSet& documents, TenantSettings& settings,
                             const StoredSettings& stored);

/// Which resources of the documents of the start are there, so that they can begin again.
struct Baseline {
    bool is_as_written = true;
    std::set<std::string, std::less<>> copies;   // accounts that have all of them as their own
    std::set<std::string, std::less<>> emptied;  // accounts that have none

    /// Those of an account, or where it is "" of everybody, as they begin under these conditions.
    std::vector<snapshot::Fixture> fixtures(const std::string& account,
                                            const std::vector<snapshot::Document>& documents,
                                            TenantSettings& settings) const;
};

}  // namespace plocal::world
