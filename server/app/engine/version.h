// Which version of the program this is. Any thread may ask.
#pragma once

#include <string>

namespace plocal::engine {

/// The version of the program: "1.0.0".
std::string version();

}  // namespace plocal::engine
