// The functions by which a kind extends the operations that all kinds share. The shared rooms call these hooks and
// mention no kind by name. Immutable; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/instant.h"
#include "server/base/json.h"
#include "storage/record.h"

namespace plocal::resources {

struct Change;
struct Context;
struct Creation;

/// Work that the service does by itself for a resource at a certain time, such as automatic training. Both functions
/// are null for a kind without such work.
struct DueHook {
    std::string_view member;     // the name of that time under `_local` in documents: "nextTraining"
    std::string_view operation;  // the operation whose errors `run` may throw: "CreateSolutionVersion"

    /// Returns the next due time of a resource whose timeline or latest update has just changed and which is stable
    /// from `stable_at` on, or nothing. `record.due` holds the time that was set before. Pure.
    std::optional<base::Instant> (*next)(const storage::Record& record, std::uint64_t seed,
                                         base::Instant stable_at) = nullptr;

    /// Does the work that is due at `record.due`, then sets `record.due` to the next time, or to nothing. Returns the
    /// name under which the work is counted: "trainings"; nothing where there was none to do. Does not save the record.
    /// Throws ApiError and SqlError; needs a transaction.
    std::string_view (*run)(Context& context, storage::Record& record) = nullptr;
};

/// The hooks of one kind. A null hook adds nothing.
struct Hooks {
    std::string_view kind;                         // "batchInferenceJob"
    void (*complete)(Creation&) = nullptr;         // Create: checks, defaults and derived members
    void (*check_last)(Creation&) = nullptr;       // Create: checks that follow all others
    void (*complete_update)(Change&) = nullptr;    // Update: checks, and the members of the update
    std::vector<std::string_view> updated_from{};  // Update: the stable statuses that allow it; ACTIVE where empty
    void (*complete_view)(Context&, const storage::Record&, base::Json&) = nullptr;  // Describe: members from others
    DueHook due{};

    /// Delete of another resource of the same parent: returns true if `user`, of this kind, uses it.
    bool (*uses)(Context&, const storage::Record& user, const storage::Record& other) = nullptr;

    /// A resource that a document brings: returns what Create would refuse about it, or "". Pure.
    std::string (*doubt)(const base::Json& members) = nullptr;
};

class HookTable {
public:
    explicit HookTable(std::vector<Hooks> hooks) : hooks_(std::move(hooks)) {}

    /// Returns the hooks of a kind, or empty hooks for a kind without any. Lives as long as the table.
    const Hooks& of(std::string_view kind) const;

private:
    std::vector<Hooks> hooks_;
};

}  // namespace plocal::resources
