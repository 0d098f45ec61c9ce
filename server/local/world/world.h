// All that a tester can move: the store, and whatever decides how it lives. One thread at a time.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/local/telemetry/journal.h"
#include "server/local/telemetry/metrics.h"
#include "server/local/world/clock_checkpoint.h"
#include "server/local/world/import_checks.h"
#include "server/local/world/tenant_settings.h"
#include "server/service/resources/context.h"
#include "server/service/resources/life.h"
#include "storage/store.h"

namespace plocal::world {

/// What a world is made from.
struct WorldConfig {
    resources::ServiceSettings settings;
    lifecycle::Clock clock = lifecycle::Clock::real();
    bool is_clock_given = false;  // then it beats a clock that the database or a document has
    std::size_t journal_capacity = 10'000;
    std::vector<snapshot::Document> documents;
    std::vector<std::string> accounts;  // that each get their own copy of the documents' resources and settings
};

/// What has been changed, for those who wait for something to change.
struct Changed {
    bool may_be_all = false;
    std::vector<std::string> arns;
    std::vector<std::string> rebuilt;  // accounts whose resources were replaced by others; "" for all
};

class World {
public:
    /// The store must outlive the world. Goes on with what the store has kept, and adds what the documents have beyond
    /// it. Throws BadDocuments, and changes nothing then; SqlError.
    World(storage::Store& store, WorldConfig config);

    storage::Store& store() { return store_; }
    const resources::ServiceSettings& settings() const { return config_.settings; }
    resources::LifeRules life_rules() const;
    lifecycle::Clocks& clocks() { return tenants_.clocks; }
    lifecycle::PlanOverrides& plans() { return tenants_.plans; }
    resources::QuotaOverrides& quotas() { return tenants_.quotas; }
    telemetry::Journal& journal() { return journal_; }
    telemetry::Metrics& metrics() { return metrics_; }

    /// In the machine's time.
    std::chrono::steady_clock::time_point began() const { return began_; }

    /// The rules of an account, "" for the common ones; made where there are none. `own_rules` makes none.
    rules::RuleBook& rules_of(std::string_view account) { return tenants_.rules_of(account); }
    rules::RuleBook* own_rules(std::string_view account) { return tenants_.own_rules(account); }

    /// Goes on from what was kept last, where keeping something newer has failed. Throws SqlError.
    void fall_back();

    /// Keeps the moments of running clocks exactly. Throws SqlError.
    void stop();

    /// Keeps what has changed, so that it outlives a restart. Throw SqlError.
    void keep_clock(std::string_view account);
    void keep_plans(std::string_view account);
    void keep_rules(std::string_view account);
    void keep_quotas(std::string_view account);

    /// Does what is due by now: resources leave, solutions train. Throws SqlError.
    void run_due(lifecycle::ClockReadings& readings);

    /// Sets an account's clock, "" for the common one, to go on from its present moment or a later one. Throws
    /// SqlError.
    void put_clock(const std::string& account, const lifecycle::Clock& clock);

    /// Sets it to an earlier moment: those who live by it begin again then. Nothing must have been recorded. Throws
    /// SqlError.
    void set_clock_back(const std::string& account, const lifecycle::Clock& clock);

    /// The documents' resources and settings alone, or nothing; all else is gone, at once or not at all. Of an account
    /// its own alone: it gets its own copy of what the documents have. Throw BadDocuments, SqlError.
    void reset(const std::string& account, bool with_fixtures);

    /// This document in place of everything, or of all that an account has.
    void replace(const std::string& account, const snapshot::Document& document);

    /// This document beside what is there. An ARN that is there in another form is a problem, as is a rule's id; so is
    /// a clock that would be set back.
    void add(const std::string& account, const snapshot::Document& document);

    /// Everything, or all that an account has, as a fixtures document. Throws SqlError.
    std::string document(const std::string& account);

    /// What the log should tell of the documents that were read last.
    std::vector<std::string> take_notes() { return std::exchange(notes_, {}); }

    /// That a service has answered a caller of this account, "" for one without; the rule that fired may be null. Keeps
    /// what has changed by it. Throws SqlError.
    void record(const std::string& account, const rules::Rule* fired);

    /// That something has come to be for this account by a control call.
    void record(const std::string& account) { active_accounts_.insert(account); }

    /// Whether anything has been recorded for this account, for "" for anyone.
    bool has_activity(std::string_view account) const;

    /// What has been changed since this was last asked.
    Changed take_changed();

private:
    TenantSettings fresh_settings() const;
    TenantSettings settings_without(const std::string& account) const;
    void rebuild(const std::string& account, const snapshot::DocumentSet& documents, bool applies_clock_flag);
    void insert(std::vector<snapshot::Fixture> fixtures, lifecycle::ClockReadings& readings);
    void apply_clock_flag(StoredSettings& stored, const std::vector<std::string>& copies) const;
    void clear_resources(const std::string& account);
    void adopt(const std::string& account, TenantSettings next);

    storage::Store& store_;
    WorldConfig config_;
    TenantSettings tenants_;
    telemetry::Journal journal_;
    telemetry::Metrics metrics_;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
    std::set<std::string, std::less<>> active_accounts_;
    ClockCheckpoint clock_checkpoint_;
    Baseline baseline_;
    std::vector<std::string> notes_;
    bool may_all_have_changed_ = false;
    std::vector<std::string> rebuilt_;
};

}  // namespace plocal::world
