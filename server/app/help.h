// The text of --help. Pure.
#pragma once

#include <string>

#include "server/app/options.h"

namespace plocal::app {

/// The help of a command. That of serve is the help of the program: all flags are flags of serve.
std::string help_of(Command command);

}  // namespace plocal::app
