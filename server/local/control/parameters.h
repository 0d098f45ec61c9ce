// Reads parameters of the query of a call. Pure; throws ControlError for a bad value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/local/control/control_call.h"

namespace plocal::control {

/// Returns the parameter `arn`. Throws where it is absent.
std::string required_arn(const ControlCall& call);

/// Returns a parameter that is true or false; true where it is absent.
bool flag(const ControlCall& call, const std::string& name);

/// Returns a whole number, or nothing where it is absent. `expected` says in the refusal what it is.
std::optional<std::uint64_t> number(const ControlCall& call, const std::string& name,
                                    std::string_view expected = "a whole number");

/// Returns the parameter `limit`, which lies between 1 and `most`; `usual` where it is absent.
std::size_t page_limit(const ControlCall& call, std::size_t usual, std::size_t most);

}  // namespace plocal::control
