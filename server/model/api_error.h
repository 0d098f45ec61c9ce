// An error response of the service as an exception. It is thrown where the error is found and becomes a response in one
// place, the engine. Plain values, any thread.
#pragma once

#include <exception>
#include <string>
#include <utility>

namespace plocal::model {

/// How we know that the service returns this error.
enum class Evidence {
    seen,        // captured from the service, or from a sibling service built on the same framework
    documented,  // stated in AWS's documentation
    inferred,    // neither, but consistent with both
    ruled,       // not the service's behaviour: a rule of the tester asks for it
};

class ApiError : public std::exception {
public:
    /// `name` is the shape's bare name ("ResourceNotFoundException"), `message` the service's text. `why` states in one
    /// line of our own which check failed. `status` is the HTTP status.
    ApiError(std::string name, std::string message, std::string why, Evidence evidence, int status = 400)
        : name_(std::move(name)),
          message_(std::move(message)),
          why_(std::move(why)),
          evidence_(evidence),
          status_(status) {}

    const std::string& name() const { return name_; }
    const std::string& message() const { return message_; }
    const std::string& why() const { return why_; }
    Evidence evidence() const { return evidence_; }
    int status() const { return status_; }
    const char* what() const noexcept override { return message_.c_str(); }

private:
    std::string name_;
    std::string message_;
    std::string why_;
    Evidence evidence_;
    int status_;
};

}  // namespace plocal::model
