#include "server/local/control/state_control.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/base/iso8601.h"
#include "server/local/control/control_error.h"
#include "server/local/control/load_turn.h"
#include "server/local/control/parameters.h"
#include "server/local/control/steps.h"
#include "server/local/snapshot/writer.h"
#include "server/service/resources/kinds.h"

namespace plocal::control {
namespace {

using base::Json;
using world::BadDocuments;
using world::Loading;
using world::World;

/// Gives each clock of the document the moment in which the statuses of its resources are read.
void fix_clocks(Json& settings, const std::string& account, lifecycle::ClockReadings& readings) {
    const auto fix = [&](Json& section, const std::string& owner) {
        const auto clock = section.find("clock");
        if (clock != section.end() && clock->contains("now")) (*clock)["now"] = base::iso8601(readings.now_of(owner));
    };
    fix(settings, account);
    const auto accounts = settings.find("accounts");
    if (accounts == settings.end()) return;
    for (const auto& [each, section] : accounts->items()) fix(section, each);
}

/// A document that is being written to a spool. It starts over where a load ends meanwhile: it must be of one state.
class Writing {
public:
    Writing(World& world, std::string account, bool with_data)
        : world_(world), account_(std::move(account)), with_data_(with_data) {
        begin();
    }

    /// Writes a piece. Returns false if the document is whole. Throws ControlError where there is no room for it.
    bool step() {
        if (world_.store().switches() != switches_) begin();
        const std::optional<std::string> piece = writer_->next();
        if (piece) append(*piece);
        return piece.has_value();
    }

    JsonSpool take() const { return {spool_}; }

private:
    void begin() {
        switches_ = world_.store().switches();
        readings_.emplace(world_.tenants().clocks);
        Json settings = world::settings_json(world_.tenants(), account_);
        fix_clocks(settings, account_, *readings_);
        writer_.emplace(world_.store(), *readings_, account_, world_.settings().status_names, settings, with_data_);
        spool_ = std::make_shared<base::Spool>(world_.spool_place());
    }

    void append(std::string_view piece) {
        try {
            spool_->append(piece);
        } catch (const base::SpoolError& error) {
            throw no_room("the state", error.what());
        }
    }

    World& world_;
    std::string account_;
    bool with_data_;
    std::int64_t switches_ = 0;
    std::optional<lifecycle::ClockReadings> readings_;
    std::optional<snapshot::DocumentWriter> writer_;
    std::shared_ptr<base::Spool> spool_;
};

/// Throws the refusal of a document that is the body of a call.
[[noreturn]] void refuse_body(const BadDocuments& bad) {
    std::vector<base::Problem> problems;
    for (const snapshot::FixtureProblem& each : bad.problems()) {
        problems.push_back({each.place.pointer, each.expected, each.found});
    }
    refuse_problems(problems);
    throw bad;  // never: there is at least one problem
}

/// The body of a call.
snapshot::Document document_of(const ControlCall& call) {
    if (call.spooled_body != nullptr) return {"", call.spooled_body};
    return {"", std::string(call.body)};
}

/// A call that is answered once everything is loaded. `refuse` throws the ControlError for bad documents.
template <typename Refuse>
LongCall until_loaded(World& world, Loading loading, Refuse refuse) {
    return {"",
            [&world, refuse, of = std::make_shared<Loading>(std::move(loading))](RealTime now,
                                                                                 bool is_stopping) -> Checked {
                if (is_stopping) throw ControlError(503, "the server stops; nothing has been loaded");
                try {
                    const std::optional<RealTime> next = take_turn(world, *of, now);
                    return next ? Checked(*next) : Checked(Json());
                } catch (const BadDocuments& bad) {
                    refuse(bad);
                    throw;
                } catch (const world::Conflict& conflict) {
                    throw ControlError(409, conflict.what(), conflict.pointer());
                }
            }};
}

}  // namespace

LongCall get_state(World& world, const ControlCall& call) {
    const bool with_data = flag(call, "data");
    return in_steps(std::make_shared<Writing>(world, call.account, with_data), world.settings().due.slice_time,
                    "the server stops; the state has not been written to its end");
}

LongCall put_state(World& world, const ControlCall& call) {
    return until_loaded(world, world.replace(call.account, document_of(call)), refuse_body);
}

LongCall add_state(World& world, const ControlCall& call) {
    return until_loaded(world, world.add(call.account, document_of(call)), refuse_body);
}

LongCall reset(World& world, const ControlCall& call) {
    const bool with_fixtures = flag(call, "fixtures");
    return until_loaded(world, world.reset(call.account, with_fixtures), [account = call.account](const auto& bad) {
        throw ControlError(409, "the fixtures cannot be copied for account " + account + ": " + bad.what());
    });
}

Json resource_counts(World& world, const std::string& account) {
    std::map<std::string, std::int64_t> counts;
    for (const storage::StatusCount& each : world.store().counts().by_stable_status()) {
        if (account.empty() || each.account == account) counts[each.kind] += each.count;
    }
    Json resources = Json::object();
    for (const resources::Kind& kind : resources::kinds()) {
        const auto count = counts.find(std::string(kind.name));
        if (count != counts.end()) resources[std::string(kind.plural)] = count->second;
    }
    return resources;
}

}  // namespace plocal::control
