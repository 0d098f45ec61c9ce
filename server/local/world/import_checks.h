// Checks documents before a world takes them over. On the thread that owns the world.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "server/local/snapshot/document_set.h"
#include "server/local/world/setting_table.h"

namespace plocal::world {

/// Documents have problems; all of them are listed.
class BadDocuments : public std::runtime_error {
public:
    /// `problems` must not be empty.
    explicit BadDocuments(std::vector<snapshot::FixtureProblem> problems)
        : std::runtime_error(problems.front().text()), problems_(std::move(problems)) {}

    const std::vector<snapshot::FixtureProblem>& problems() const { return problems_; }

private:
    std::vector<snapshot::FixtureProblem> problems_;
};

/// A document contradicts what the world has.
class Conflict : public std::runtime_error {
public:
    /// `pointer` is a JSON pointer into the document.
    Conflict(const std::string& message, std::string pointer)
        : std::runtime_error(message), pointer_(std::move(pointer)) {}

    const std::string& pointer() const { return pointer_; }

private:
    std::string pointer_;
};

/// Returns the targets of the document of a call: the account of the call, or for "" the accounts that the document
/// names.
snapshot::TargetAccounts targets_for(const std::string& account);

/// Throws BadDocuments where documents for one account have members about other accounts, or resources that AWS owns.
/// Does nothing for "".
void refuse_foreign_members(const snapshot::DocumentSet& documents, const std::string& account);

/// Throws Conflict where an added document would set a clock back, or has a rule with an id that is taken.
void refuse_contradictions(const snapshot::SettingsSections& sections, TenantSettings& tenants);

}  // namespace plocal::world
