// What an operation answers. Plain values.
#pragma once

#include <string>
#include <variant>

#include "server/base/json.h"

namespace plocal::resources {

/// A JSON text that has been cut to its output shape already.
struct Ready {
    std::string text;
};

/// A value that is still to be rendered, or a text that needs no rendering.
using Output = std::variant<base::Json, Ready>;

}  // namespace plocal::resources
