// Every control call: where it is, what it takes, who answers it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/local/control/about.h"
#include "server/local/control/control_call.h"
#include "server/local/control/long_call.h"
#include "server/local/world/world.h"

namespace plocal::control {

inline constexpr std::string_view json_type = "application/json";
inline constexpr std::string_view pem_type = "application/x-pem-file";

struct CallRow {
    std::string_view method;
    std::string_view path;  // one that ends in {id} takes any id there
    std::string_view about;
    std::vector<std::string> parameters;  // of the query, beside "account"
    /// The text of the answer. May throw ControlError and SqlError. Null for a call that may have to wait.
    std::string (*answer)(world::World& world, const About& about, const ControlCall& call);
    std::string_view type = json_type;
    bool is_of_accounts = true;  // takes ?account=
    /// Begins a call that may have to wait. May throw ControlError. Null for all others.
    LongCall (*begin)(world::World& world, const ControlCall& call) = nullptr;
};

const std::vector<CallRow>& call_table();

}  // namespace plocal::control
