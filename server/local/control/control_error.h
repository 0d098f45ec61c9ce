// The refusal of a control call. The rooms of this folder throw it; `control` alone catches it.
#pragma once

#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/base/problem.h"

namespace plocal::control {

class ControlError : public std::exception {
public:
    /// `pointer` is a JSON pointer into the request's body; empty where no place in the body is wrong.
    ControlError(int status, std::string message, std::string pointer = {})
        : status_(status), message_(std::move(message)), pointer_(std::move(pointer)) {}

    /// For a row of the body, counted from 1, and one of its columns; 0 and "" where none is wrong alone.
    ControlError(int status, std::string message, std::size_t row, std::string column)
        : status_(status), message_(std::move(message)), row_(row), column_(std::move(column)) {}

    /// The error that a service would answer: "InvalidInputException".
    struct Name {
        std::string text;
    };
    ControlError(int status, std::string message, Name name)
        : status_(status), message_(std::move(message)), name_(std::move(name.text)) {}

    int status() const { return status_; }
    const std::string& message() const { return message_; }
    const std::string& pointer() const { return pointer_; }
    std::size_t row() const { return row_; }
    const std::string& column() const { return column_; }
    const std::string& name() const { return name_; }
    const char* what() const noexcept override { return message_.c_str(); }

private:
    int status_;
    std::string message_;
    std::string pointer_;
    std::size_t row_ = 0;
    std::string column_;
    std::string name_;
};

/// Returns the 507 for a long text that cannot be kept: "the state cannot be kept: REASON". `text` names it.
ControlError no_room(std::string_view text, std::string_view reason);

/// Throws a 400 that points at the first problem and lists all of them. Does nothing where there are none.
void refuse_problems(const std::vector<base::Problem>& problems);

/// Throws the 400 that points at one problem.
[[noreturn]] void refuse_problem(const base::Problem& problem);

/// Throws the 400 for a query parameter's value: "NAME: expected EXPECTED, found 'FOUND'".
[[noreturn]] void refuse_value(const std::string& name, std::string_view expected, const std::string& found);

}  // namespace plocal::control
