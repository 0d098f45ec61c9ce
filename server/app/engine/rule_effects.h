// What the rule that fired does to a request and its response. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "server/app/engine/request_context.h"
#include "server/wire/protocol/message.h"

namespace plocal::engine {

/// When an error that a rule asks for takes the place of the request's own result.
enum class ErrorMoment {
    before_validation,  // nothing of the request is carried out
    after_commit,       // the request is carried out, and the client does not learn the result
};

/// Throws the ApiError that the rule asks for at this moment; returns if there is no rule, or no such error.
void throw_rule_error(const RequestContext& context, ErrorMoment moment);

/// Returns the body that the rule gives instead of the operation's own, with a recommendationId where it lacks one; it
/// follows from the seed, the account, the rule and how many requests of that account have matched it. Returns nothing
/// if there is no rule, or no such effect.
std::optional<std::string> output_of_rule(const RequestContext& context, std::uint64_t seed);

/// Lays the rule's merge over the body of an operation that succeeded. Adds a note for each required member that it
/// takes away. Changes nothing if there is no rule, or no such effect.
void merge_into(RequestContext& context, std::string& body);

/// Applies the rule's delay and connection fault to the response, and names the rule in `why_header`. An error of the
/// service keeps its own reason there. Changes nothing if no rule fired.
void disturb(const RequestContext& context, protocol::Response& response);

}  // namespace plocal::engine
