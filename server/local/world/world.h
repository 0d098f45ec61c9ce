// The world: the store, the settings of tenants, journal, event log and metrics, and the documents that it starts from.
// One thread at a time, through the gate. Control calls and requests change it; it starts no work by itself.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/local/telemetry/event_log.h"
#include "server/local/telemetry/journal.h"
#include "server/local/telemetry/metrics.h"
#include "server/local/world/changed.h"
#include "server/local/world/clock_checkpoint.h"
#include "server/local/world/clock_setting.h"
#include "server/local/world/due_work.h"
#include "server/local/world/import_checks.h"
#include "server/local/world/load_plans.h"
#include "server/local/world/loading.h"
#include "server/local/world/tenant_setting.h"
#include "server/local/world/world_config.h"
#include "server/service/resources/context.h"
#include "server/service/resources/life.h"
#include "server/service/runtime/runtime.h"
#include "storage/store.h"

namespace plocal::world {

/// An account is twelve digits, or "" for what is common to all accounts and for all of their resources.
class World {
public:
    /// The store must outlive the world. Resumes the settings that the store has, and adds what the documents have
    /// beyond its content. Throws BadDocuments, and changes nothing then; SqlError.
    World(storage::Store& store, WorldConfig config);

    storage::Store& store() { return store_; }
    const resources::ServiceSettings& settings() const { return config_.settings; }
    const base::SpoolPlace& spool_place() const { return config_.spool_place; }
    resources::LifeRules life_rules() const;
    TenantSettings& tenants() { return tenants_; }
    telemetry::Journal& journal() { return journal_; }
    telemetry::EventLog& events() { return events_; }
    telemetry::Metrics& metrics();
    runtime::Runtime& runtime() { return runtime_; }

    /// Replaces the settings by those that the store has, where storing a newer one has failed. Throws SqlError.
    void fall_back();

    /// Stores the moments of fast clocks exactly. Call it once, at the end. Throws SqlError.
    void stop();

    /// Stores a setting of an account that has been changed through `tenants()`, but for a clock. Throws SqlError.
    void store_setting(const TenantSetting& setting, const std::string& account);

    /// Stores a resource that a control call has changed at `now`, the moment of its owner's clock. Throws SqlError.
    void save(storage::Record& record, base::Instant now);

    /// Notes that rows of an account were recorded at the present moment of its clock.
    void note_rows(const std::string& account) { active_accounts_.insert(account); }

    /// The work that is due: removes deleted resources, trains solutions.
    DueWork& due() { return due_; }

    /// Returns true if the change would set the clock of an account back.
    bool sets_clock_back(const std::string& account, const ClockChange& change);

    /// Changes the clock of an account without setting it back. Throws SqlError.
    void put_clock(const std::string& account, const ClockChange& change);

    /// Begins to set the clock of an account back: resources of the documents begin again at the new moment. This and
    /// the steps throw Conflict, and change nothing, once something has been recorded: time never runs back.
    Loading set_clock_back(const std::string& account, const ClockChange& change);

    /// Moves the clock of an account on to a moment that is not before its present one. Throws SqlError.
    void jump_clock(const std::string& account, base::Instant moment);

    /// Does a slice of the work that is due by `moment` on the clock of a move, and moves the clock so far in the same
    /// transaction. Returns true once the clock is there. Throws SqlError.
    bool move_clock(const ClockMove& move, base::Instant moment, DueWork::RealTime end);

    /// Begins to leave the resources and settings of the documents, or nothing. With an account, changes only what it
    /// owns, and gives it its own copy of the documents.
    Loading reset(const std::string& account, bool with_fixtures);

    /// Begins to replace everything, or everything that the account has, by the document.
    Loading replace(const std::string& account, const snapshot::Document& document);

    /// Begins to add the document to what is there. The steps throw Conflict where it contradicts that.
    Loading add(const std::string& account, const snapshot::Document& document);

    /// Returns true if resources have been displaced that `sweep` has not removed yet.
    bool has_displaced() { return store_.layers().may_have_dropped(); }

    /// Removes some of the resources that have been displaced. Throws SqlError.
    void sweep();

    /// Returns the notes for the log since the last call.
    std::vector<std::string> take_notes() { return std::exchange(notes_, {}); }

    /// Notes that a service has answered a request of this account, "" for a caller that names none. `fired` is the
    /// rule that applied, or null. Stores the counts of rules. Throws SqlError.
    void note_request(const std::string& account, const rules::Rule* fired);

    /// Stores a moment that the clocks of this account have not reached, where they run fast: to be called before a
    /// request is answered, so that a restart sets no clock back. Throws SqlError.
    void keep_clock(const std::string& account);

    /// Returns what has changed since the last call.
    Changed take_changed();

private:
    TenantSettings settings_for_reading() const;
    TenantSettings settings_without(const std::string& account) const;
    bool has_activity(std::string_view account) const;
    void adopt_clock(const std::string& account, const lifecycle::Clock& clock);
    void refuse_activity(const std::string& account) const;
    void replace_settings(const std::string& account, Load& load);
    void show(Load& load, const std::function<void()>& store_settings);

    storage::Store& store_;
    WorldConfig config_;
    TenantSettings tenants_;
    telemetry::Journal journal_;
    telemetry::EventLog events_;
    std::optional<telemetry::Metrics> metrics_;  // nothing until they are asked for: they need the tables of services
    runtime::Runtime runtime_;
    std::set<std::string, std::less<>> active_accounts_;  // accounts for which something was recorded
    ClockCheckpoint clock_checkpoint_;
    LoadPlans plans_;
    std::vector<std::string> notes_;
    DueWork due_{store_, config_.settings, tenants_, notes_};
    Changed changed_;
};

}  // namespace plocal::world
