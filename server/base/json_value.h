// The program's JSON value.
#pragma once

#include <nlohmann/json.hpp>

namespace plocal::base {

/// Keeps members in the order of the text. Of members with the same name the last value counts.
using Json = nlohmann::ordered_json;

}  // namespace plocal::base
