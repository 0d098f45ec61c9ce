// All that a tester can move: the store, and whatever decides how it lives. One thread at a time.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/lifecycle/clocks.h"
#include "server/lifecycle/plan_book.h"
#include "server/operations/context.h"
#include "server/rules/rule_book.h"
#include "server/telemetry/journal.h"
#include "storage/store.h"

namespace plocal::control {

/// What a world is made from.
struct Beginning {
    operations::Settings settings;
    lifecycle::Clock clock = lifecycle::Clock::real();
    bool is_clock_given = false;  // then it beats a clock that the database has kept
    std::size_t journal_capacity = 10'000;
};

class World {
public:
    /// The store must outlive the world. Goes on with the clocks, lifecycles and rules that the store has kept.
    World(storage::Store& store, Beginning beginning);

    storage::Store& store() { return store_; }
    const operations::Settings& settings() const { return beginning_.settings; }
    lifecycle::Clocks& clocks() { return clocks_; }
    lifecycle::PlanBook& plans() { return plans_; }
    telemetry::Journal& journal() { return journal_; }

    /// The rules of an account, "" for the common ones; made where there are none. `own_rules` makes none.
    rules::RuleBook& rules_of(std::string_view account);
    rules::RuleBook* own_rules(std::string_view account);

    /// Whether the account has a rule of this id among its own.
    bool own_rule(std::string_view account, std::string_view id);

    /// Keeps what has changed, so that it outlives a restart. Throw SqlError.
    void keep_clock(std::string_view account);
    void keep_plans(std::string_view account);
    void keep_rules(std::string_view account);

    /// That a service has answered at this moment of an account's clock, "" for a caller without one.
    void record(std::string_view account, storage::Instant moment) { recorded_[std::string(account)] = moment; }

    /// Whether anything has been answered for this account, for "" to anyone.
    bool has_recorded(std::string_view account) const;

    /// When the last resource that lives by this account's clock has come as far as time takes it.
    std::optional<storage::Instant> idle_moment(std::string_view account);

private:
    void resume_clocks(bool is_common_given);
    void resume_plans();
    void resume_rules();

    storage::Store& store_;
    Beginning beginning_;
    lifecycle::Clocks clocks_;
    lifecycle::PlanBook plans_;
    std::map<std::string, rules::RuleBook, std::less<>> rules_;
    telemetry::Journal journal_;
    std::map<std::string, storage::Instant, std::less<>> recorded_;
};

}  // namespace plocal::control
