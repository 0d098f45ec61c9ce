// What a rule declares, in the form in which the runtime takes it. Pure.
#pragma once

#include <optional>
#include <vector>

#include "server/local/rules/rule.h"
#include "server/service/runtime/request.h"

namespace plocal::world {

/// Returns the items or actions that a rule declares, best first; nothing for a rule without, and for null.
inline runtime::Declared declared_by(const rules::Rule* rule) {
    if (rule == nullptr || !rule->effects.candidates) return std::nullopt;
    std::vector<recommender::DeclaredItem> items;
    for (const rules::Candidate& each : *rule->effects.candidates) items.push_back({each.id, each.score});
    return items;
}

}  // namespace plocal::world
