// Calls an S3 endpoint until it has answered, or has been silent or failing for too long. Blocks its thread, which may
// be any; a call is noticed to be aborted within 100 ms.
#pragma once

#include <chrono>
#include <string>
#include <utility>

#include "server/service/s3/endpoint.h"
#include "server/service/s3/patience.h"

namespace plocal::s3 {

/// An error that S3 has answered with.
class AnsweredError : public StoreError {
public:
    AnsweredError(const std::string& what, int status, std::string code, bool has_retried)
        : StoreError(what), status_(status), code_(std::move(code)), has_retried_(has_retried) {}

    int status() const { return status_; }
    const std::string& code() const { return code_; }

    /// Whether an attempt before has failed, and may still have done what it should.
    bool has_retried() const { return has_retried_; }

private:
    int status_;
    std::string code_;
    bool has_retried_;
};

struct Answer {
    http::ClientResponse head;
    std::string body;
};

class Caller {
public:
    /// The endpoint must outlive the caller.
    Caller(const Endpoint& endpoint, Access access) : endpoint_(endpoint), access_(std::move(access)) {}

    /// Returns the answer to a call whose answer is short. Throws StoreError and Aborted.
    Answer call(const Call& call) const;

    /// The same once, within a time, without regard to an abort. Ignores what comes back.
    void call_briefly(const Call& call, std::chrono::milliseconds limit) const;

    const Endpoint& endpoint() const { return endpoint_; }
    const Access& access() const { return access_; }

private:
    const Endpoint& endpoint_;
    Access access_;
};

/// Throws the error that an answer is: of a status that is none of success, or with an error in its body.
[[noreturn]] void fail_with(const Answer& answer, const Call& call, const Endpoint& endpoint, const Patience& patience);

/// Throws the error of an exchange without an answer.
[[noreturn]] void fail_with(const http::ClientError& error, const ObjectName& name, const Patience& patience);

/// Whether the answer is an error; `code` is that of S3, if it has one.
bool is_error(const Answer& answer, std::string& code);

}  // namespace plocal::s3
