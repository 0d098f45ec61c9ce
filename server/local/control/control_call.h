// One control call, taken apart.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/wire/protocol/message.h"

namespace plocal::control {

struct ControlCall {
    std::string method;  // HEAD counts as GET
    std::string path;    // decoded, without the query
    std::map<std::string, std::string, std::less<>> query;
    std::string account;    // of ?account=; empty for none
    std::string rest;       // what stands behind the path that the table has, for a path that ends in an id
    std::string_view body;  // as it came

    /// A parameter of the query, if it was given.
    std::optional<std::string> parameter(std::string_view name) const;

    /// The body as JSON. Throws ControlError for an empty one and one that is no JSON.
    base::Json json() const;
};

/// Throws ControlError for a query that is not well formed, and an account that is not of twelve digits.
ControlCall read_call(const protocol::Request& request);

/// Throws ControlError where the query has a parameter that is none of these, nor "account" where that may be.
void require_known_parameters(const ControlCall& call, std::vector<std::string> known, bool is_of_accounts);

}  // namespace plocal::control
