// Reads a real account into a fixtures document. Blocks the calling thread.
#pragma once

#include <functional>
#include <string>

#include "server/app/options.h"

namespace plocal::app {

struct Captured {
    std::string document;     // empty if nothing could be read
    bool is_complete = true;  // nothing of the account was left out
};

/// Reads the account that `options.capture` names, region after region. `report` takes lines for people: progress, and
/// whatever is left out. Throws UsageError.
Captured capture_account(const Options& options, const std::function<void(const std::string&)>& report);

}  // namespace plocal::app
