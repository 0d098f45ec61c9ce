// Calls that may have to wait for a change: `/_local/wait`, `advance` and `transition`. Plain values.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/base/json.h"
#include "server/base/spool.h"
#include "server/wire/protocol/message.h"

namespace plocal::control {

using RealTime = std::chrono::steady_clock::time_point;

/// An answer that is JSON already.
struct JsonSpool {
    std::shared_ptr<base::Spool> spool;
};

/// An answer in any form, with further headers.
struct TextAnswer {
    std::string text;
    std::string_view type;  // lives as long as the program
    std::vector<protocol::ResponseHeader> headers = {};
    int status = 200;
};

/// The result of one check: the answer, or when to check again at the latest.
using Checked = std::variant<base::Json, RealTime, JsonSpool, TextAnswer>;

/// A call that is checked until it has an answer. It keeps its state from check to check and holds no thread.
struct LongCall {
    std::string arn;  // a change of this resource may bring the answer; empty: a change of any resource

    /// Returns at once. Where the server stops, answers or throws in any case. On the thread that owns the world.
    /// Throws ControlError and SqlError.
    std::function<Checked(RealTime now, bool is_stopping)> check;
};

/// When to check again a call that nothing but a change can end.
inline RealTime much_later(RealTime now) {
    return now + std::chrono::hours(1);
}

}  // namespace plocal::control
