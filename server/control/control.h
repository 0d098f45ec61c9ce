// `/_local/`: what the tester asks of the server itself. Plain JSON in and out. One thread at a time.
#pragma once

#include <string>
#include <string_view>

#include "server/control/world.h"
#include "server/protocol/message.h"

namespace plocal::control {

/// Whether a target is a control call, known or not.
bool is_control(std::string_view target);

class Control {
public:
    /// The world must outlive the control. `version` is the program's.
    Control(World& world, std::string version) : world_(world), version_(std::move(version)) {}

    /// Answers every control call; what is wrong with it is told in the answer, as `{"error": "...", "pointer": "..."}`
    /// with a 4xx. May throw SqlError.
    protocol::Response answer(const protocol::Request& request);

private:
    World& world_;
    std::string version_;
};

}  // namespace plocal::control
