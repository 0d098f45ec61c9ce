// A refusal in AWS's words. Thrown where it is known, caught in one place, and turned into a response there.
#pragma once

#include <exception>
#include <string>
#include <utility>

namespace plocal::model {

/// How sure we are that the service itself does it so.
enum class Evidence {
    seen,        // captured from the service, or from a sibling built on the same framework
    documented,  // AWS says so
    inferred,    // neither, but consistent with both
    ruled,       // not the service's doing at all: a rule of the tester's asked for it
};

class ApiError : public std::exception {
public:
    /// `name` is the shape's bare name ("ResourceNotFoundException"), `message` the service's text, `why` names the
    /// check that refused, in our own words and one line.
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
