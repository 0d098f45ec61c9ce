// Why a call of the service has not succeeded, and what that means for other calls. Pure.
#pragma once

#include <chrono>
#include <span>
#include <string>
#include <string_view>

namespace plocal::capture {

struct Failure {
    std::string text;              // "AccessDeniedException: ..."
    bool may_pass = false;         // another try may succeed
    bool is_of_all_calls = false;  // if it stays, all calls of the region fail like this one
    bool is_absence = false;       // the resource does not exist
};

/// Reads an answer that is no success: an error of the service, or what another server says in its place.
Failure read_failure(int status, std::string_view body);

/// How often a call is tried.
inline constexpr int most_tries = 6;

/// Returns the pause behind the try of this number, the first of which is 1: about twice as long each time. `fraction`
/// is random, in [0..1), so that calls which failed together are not tried together again.
std::chrono::milliseconds pause_behind(int tries, double fraction);

/// Returns the text with each of the secrets replaced by "***". Some errors of the service repeat what was sent.
std::string without_secrets(std::string text, std::span<const std::string> secrets);

}  // namespace plocal::capture
