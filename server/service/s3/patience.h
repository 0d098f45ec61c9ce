// How long a call is tried again after a failure that may pass: with growing pauses, until the time is up. Blocks its
// thread.
#pragma once

#include <chrono>
#include <string>

#include "server/service/s3/object_store.h"
#include "server/wire/http/client_request.h"

namespace plocal::s3 {

class Patience {
public:
    explicit Patience(std::chrono::milliseconds limit)
        : limit_(limit), end_(std::chrono::steady_clock::now() + limit) {}

    /// The limits of the next attempt, which may be silent until the time is up.
    http::ClientLimits limits() const;

    /// Waits before another attempt. Returns false, at once, if the time is up before it could begin. Throws Aborted.
    bool wait(const Access& access);

    /// What has been tried: "" after one attempt, else "5 attempts in 30 s".
    std::string attempts() const;

    bool has_retried() const { return attempts_ > 1; }

private:
    std::chrono::milliseconds left() const;

    std::chrono::milliseconds limit_;
    std::chrono::steady_clock::time_point end_;
    int attempts_ = 1;
    std::chrono::milliseconds pause_{100};
};

/// Whether an exchange that failed so may succeed later.
bool may_pass(http::ClientError::Kind kind);

/// Whether an answer with this status and this code of S3 may be followed by a good one.
bool may_pass(int status, std::string_view code);

}  // namespace plocal::s3
