#include "server/service/resources/hooks.h"

#include <algorithm>

namespace plocal::resources {

const Hooks& HookTable::of(std::string_view kind) const {
    static const Hooks none;
    const auto found = std::ranges::find(hooks_, kind, &Hooks::kind);
    return found == hooks_.end() ? none : *found;
}

}  // namespace plocal::resources
