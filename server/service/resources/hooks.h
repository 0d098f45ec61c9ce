// What a kind adds to the verbs that all kinds share. The shared rooms call these hooks and know no kind by name.
// Immutable once made; from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "server/base/instant.h"
#include "server/base/json.h"
#include "storage/record.h"

namespace plocal::resources {

struct Change;
struct Context;
struct Creation;

/// What a resource does by itself at a moment of its own, such as a solution that trains. Both functions are null for a
/// kind that does nothing by itself.
struct DueHook {
    std::string_view member;     // the name of that moment under `_local` in documents: "nextTraining"
    std::string_view operation;  // whose errors it may meet: "CreateSolutionVersion"

    /// The next moment of a resource whose timeline or latest update has just changed, and which is stable from
    /// `stable_at` on. Nothing where it has none. `record.due` holds the moment that was set before. Pure.
    std::optional<base::Instant> (*next)(const storage::Record& record, std::uint64_t seed,
                                         base::Instant stable_at) = nullptr;

    /// Does what is due at `record.due`, then sets `record.due` to the next moment after `now`, or to none. Does not save
    /// the record. Throws ApiError and SqlError; needs a transaction.
    void (*run)(Context& context, storage::Record& record, base::Instant now) = nullptr;
};

/// The hooks of one kind. A null hook adds nothing.
struct Hooks {
    std::string_view kind;                           // "batchInferenceJob"
    void (*complete)(Creation&) = nullptr;           // Create: checks, defaults and derived members
    void (*check_last)(Creation&) = nullptr;         // Create: checks that come after all others
    void (*complete_update)(Change&) = nullptr;      // Update: checks, and the members of the update
    std::vector<std::string_view> updated_from{};    // Update: the stable statuses that allow it; ACTIVE where empty
    void (*complete_view)(Context&, const storage::Record&, base::Json&) = nullptr;  // Describe: what others say of it
    DueHook due{};
};

class HookTable {
public:
    explicit HookTable(std::vector<Hooks> hooks) : hooks_(std::move(hooks)) {}

    /// The hooks of a kind; hooks that add nothing for a kind without any. Lives as long as the table.
    const Hooks& of(std::string_view kind) const;

private:
    std::vector<Hooks> hooks_;
};

}  // namespace plocal::resources
