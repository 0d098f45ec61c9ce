#include "server/local/world/moving_fixtures.h"

#include <algorithm>
#include <utility>

#include "server/base/json.h"
#include "server/local/snapshot/resource_reader.h"
#include "server/local/snapshot/row_lists.h"
#include "server/service/resources/kinds.h"

namespace plocal::world {

using snapshot::Fixture;

void MovingFixtures::add(const Fixture& fixture) {
    if (!are_all_kept_) return;
    bytes_ += sizeof(Entry) + fixture.text.size();
    for (const storage::Reference& reference : fixture.references) bytes_ += sizeof(reference) + reference.arn.size();
    if (bytes_ > most_bytes) {
        are_all_kept_ = false;
        entries_ = {};
        return;
    }
    entries_.push_back({fixture.record.kind, fixture.text, fixture.copy_for, fixture.references});
}

std::vector<Fixture> MovingFixtures::read(std::size_t from, std::size_t to,
                                          const snapshot::ReadContext& context) const {
    const auto now_of = [&context](std::string_view account) { return context.readings.now_of(account); };
    std::vector<Fixture> fixtures;
    for (std::size_t i = from; i < std::min(to, entries_.size()); ++i) {
        const Entry& entry = entries_[i];
        base::Json json = base::parse_json(entry.text);
        if (!entry.account.empty()) snapshot::retarget(json, entry.account);
        snapshot::leave_out_rows(json);              // they are the same at every moment, and lie in a layer that stays
        std::vector<snapshot::FixtureProblem> none;  // it was read without a problem before
        auto fixture = snapshot::read_resource({}, resources::kind_named(entry.kind), std::move(json), context.plans,
                                               now_of, none);
        if (!fixture) continue;
        fixture->references = entry.references;
        fixtures.push_back(*std::move(fixture));
    }
    return fixtures;
}

}  // namespace plocal::world
