// The calls that answer the console: its page at `/_local/`, and its files. On the thread that owns the world.
#pragma once

#include "server/local/control/control_call.h"
#include "server/local/control/long_call.h"

namespace plocal::control {

/// GET `/_local/`: the page of the console where the call accepts HTML, else this list of calls.
TextAnswer page_or_list(const ControlCall& call, TextAnswer list);

/// GET `/_local/console/{id}`: a file of the console. Throws ControlError: 404 for an unknown file.
TextAnswer console_file(const ControlCall& call);

}  // namespace plocal::control
