// A request in the one form that Signature Version 4 signs, for services that are not S3: with a path in order and
// encoded twice. Pure. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/wire/protocol/message.h"

namespace plocal::signing {

/// One name and value of a query string, percent-decoded.
struct QueryParameter {
    std::string name;
    std::string value;
};

/// The parameters of a request's target in the order in which they are sent; a plus is a plus.
std::vector<QueryParameter> query_of(std::string_view target);

/// The first parameter's value of this name, as long as the query lives.
std::optional<std::string_view> find_parameter(const std::vector<QueryParameter>& query, std::string_view name);

/// The same; empty where there is none.
std::string_view parameter(const std::vector<QueryParameter>& query, std::string_view name);

/// The path of a target without `.`, `..` and doubled slashes, its sent bytes percent-encoded.
std::string canonical_path(std::string_view target);

/// Names and values percent-encoded, then sorted.
std::string canonical_query(const std::vector<QueryParameter>& query);

/// The lines of method, path, query, headers, names of headers, and hash. `signed_headers` are names with semicolons
/// between, which stand in the order in which they are given; a header that is not there counts as an empty one.
std::string canonical_request(const protocol::Request& request, const std::vector<QueryParameter>& query,
                              std::string_view signed_headers, std::string_view payload_hash);

}  // namespace plocal::signing
