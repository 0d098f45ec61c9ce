// One control call as it was read from a request.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/base/spool.h"
#include "server/wire/protocol/message.h"

namespace plocal::control {

/// The request must outlive it.
struct ControlCall {
    std::string method;  // GET for HEAD
    std::string path;    // percent-decoded, without the query
    std::map<std::string, std::string, std::less<>> query;
    std::string account;                                   // the parameter `account`; empty where it is absent
    std::string id;                                        // the end of a path that ends in an id
    std::string_view body;                                 // the bytes of the request
    std::shared_ptr<const base::Spool> spooled_body = {};  // see protocol::Request
    std::string_view content_type = {};                    // headers, empty where they are absent
    std::string_view accept = {};
    std::string_view if_none_match = {};

    /// Returns a parameter of the query, or nothing where it is absent.
    std::optional<std::string> parameter(std::string_view name) const;

    /// Returns the body as JSON. Throws ControlError where it is empty, or not JSON.
    base::Json json() const;
};

/// Throws ControlError for a malformed query, and for an account that is not twelve digits.
ControlCall read_call(const protocol::Request& request);

/// Throws ControlError where the query has a parameter that is not known. "account" is known where the call takes it.
void require_known_parameters(const ControlCall& call, std::vector<std::string> known, bool takes_account);

}  // namespace plocal::control
