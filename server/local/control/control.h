// `/_local/`: what the tester asks of the server itself. Plain JSON in and out. One thread at a time.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "server/local/control/about.h"
#include "server/local/control/control_call.h"
#include "server/local/control/long_call.h"
#include "server/local/world/world.h"
#include "server/wire/protocol/cors.h"
#include "server/wire/protocol/message.h"

namespace plocal::control {

/// Whether a target is a control call, known or not.
bool is_control(std::string_view target);

/// The answer to a call that failed through no fault of the caller's.
protocol::Response failure_response();

/// Whom a browser may bring here, beside this machine's own names and pages.
struct Access {
    std::vector<std::string> hosts;  // names, "*" for any
    protocol::Origins origins;
};

struct Waiting;
using Reply = std::variant<protocol::Response, Waiting>;

/// A request that has no response yet.
struct Waiting {
    std::string arn;                               // a change of this resource may bring it; empty: any resource's
    RealTime check_again;                          // at the latest
    std::function<Reply(bool is_stopping)> check;  // on the thread that owns the world
    bool is_answered = false;                      // the response is complete and recorded, and only held back
};

class Control {
public:
    /// The world must outlive the control.
    Control(world::World& world, About about, Access access)
        : world_(world), about_(std::move(about)), access_(std::move(access)) {}

    /// From now on it tells of this too.
    void set_https(Https https) { about_.https = std::move(https); }

    /// Answers every control call; what is wrong with it is told in the answer, as `{"error": "...", "pointer": "..."}`
    /// with a 4xx. May throw SqlError.
    Reply answer(const protocol::Request& request);

private:
    Reply dispatch(ControlCall& call);
    Reply check(const LongCall& call, bool is_stopping);

    world::World& world_;
    About about_;
    Access access_;
};

}  // namespace plocal::control
