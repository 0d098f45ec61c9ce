// A refusal of a control call. Thrown by the rooms of this folder, caught in `control` alone.
#pragma once

#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "server/service/lifecycle/plan.h"

namespace plocal::control {

class ControlError : public std::exception {
public:
    /// `pointer` is a JSON pointer into the request's body; empty where the body is not to blame.
    ControlError(int status, std::string message, std::string pointer = {})
        : status_(status), message_(std::move(message)), pointer_(std::move(pointer)) {}

    int status() const { return status_; }
    const std::string& message() const { return message_; }
    const std::string& pointer() const { return pointer_; }
    const char* what() const noexcept override { return message_.c_str(); }

private:
    int status_;
    std::string message_;
    std::string pointer_;
};

/// Throws the first problem as a 400, and says how many there are beside it; does nothing where there are none.
void refuse_problems(const std::vector<base::Problem>& problems);

}  // namespace plocal::control
