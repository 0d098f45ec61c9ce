// Answers the calls under `/_local/`, with which a tester controls the server: plain JSON in and out. One thread at a
// time.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "server/local/control/call_table.h"
#include "server/local/control/control_call.h"
#include "server/local/control/guard.h"
#include "server/local/control/long_call.h"
#include "server/local/world/world.h"
#include "server/wire/protocol/message.h"

namespace plocal::control {

/// Returns true where a request's target is under `/_local/`, whether or not there is such a call.
bool is_control(std::string_view target);

/// Returns what the bodies of a request and its answer are like.
Bodies bodies_of(const protocol::Request& request);

/// The answer to a call that failed because of a fault of the server.
protocol::Response failure_response();

/// The answer to a call that waited for work that is due when the server stopped.
protocol::Response stop_response();

struct Waiting;
using Reply = std::variant<protocol::Response, Waiting>;

/// A request that has no response yet.
struct Waiting {
    std::string arn;                               // a change of this resource may bring it; empty: any resource's
    RealTime check_again;                          // at the latest
    std::function<Reply(bool is_stopping)> check;  // on the thread that owns the world
    bool is_answered = false;    // checks itself: the response is complete and recorded, or the request has not begun
    bool waits_for_due = false;  // see CallRow
};

class Control {
public:
    /// The world must outlive the control.
    Control(world::World& world, About about, Access access)
        : world_(world), about_(std::move(about)), access_(std::move(access)) {}

    /// Adds the jobs that have not ended.
    void set_jobs(std::function<std::vector<OpenJob>(std::string_view account)> jobs) { about_.jobs = std::move(jobs); }

    /// Adds HTTPS to what the health of the server shows.
    void set_https(Https https) { about_.https = std::move(https); }

    /// Answers a call, or returns Waiting for one that has to wait. What is wrong with the call is a 4xx with
    /// `{"error": "...", "pointer": "..."}`. Throws SqlError.
    Reply answer(const protocol::Request& request);

    /// Returns true for a call that waits until work that is due is done: on the clock of this account, or on all
    /// clocks where that is empty.
    static bool waits_for_due(const protocol::Request& request, std::string& account);

private:
    Reply dispatch(ControlCall& call);
    Reply check(const LongCall& call, bool waits_for_due, bool is_stopping);

    world::World& world_;
    About about_;
    Access access_;
};

}  // namespace plocal::control
