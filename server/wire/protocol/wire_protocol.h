// What a protocol of AWS has to do: turn a request into the call of an operation, and a result or an error into a
// response. `recognise` chooses one for each request. Here is also what both protocols share. Pure.
#pragma once

#include <string>
#include <string_view>

#include "server/base/json.h"
#include "server/model/api_error.h"
#include "server/model/service.h"
#include "server/wire/protocol/message.h"

namespace plocal::protocol {

/// An operation with its input.
struct Call {
    const model::Service* service = nullptr;      // never null
    const model::Operation* operation = nullptr;  // never null
    base::Json input;                             // an object; neither types nor constraints are checked yet
};

/// What every response takes from its request.
struct Stamp {
    std::string request_id;
    std::string date;  // by the clock of the service, as HTTP writes it
};

struct WireProtocol {
    /// The call that the request makes to `service`. `operation` is the one that the path names; null if the protocol
    /// names it elsewhere. Throws ApiError for a request that the protocol refuses; `error` knows how to write each.
    Call (*read)(const model::Service& service, const model::Operation* operation, const Request& request);

    /// The response to a call that succeeds. `body` is empty for a void operation.
    Response (*output)(std::string body, const Stamp& stamp);

    /// The response to a call that fails, with the status of the error.
    Response (*error)(const model::ApiError& error, const Stamp& stamp);

    /// The status of a response that refuses a signature.
    int signature_status;
};

/// The response header with the id of the request.
inline constexpr std::string_view request_id_header = "x-amzn-requestid";

/// The response header that names the check which refused the request, and the evidence that AWS has the same check.
inline constexpr std::string_view why_header = "x-personalize-local-why";

/// The value of `why_header`: one line of printable ASCII, whatever `why` holds. Longer texts are cut at 500 bytes.
std::string why_line(std::string_view why, model::Evidence evidence);

/// The input of an operation. An empty body is an empty object. Throws ApiError (SerializationException) if the body is
/// not one JSON object.
base::Json read_body(std::string_view body);

/// The text of an error's body. A message may quote bytes of the request that are not UTF-8; each becomes U+FFFD.
std::string error_body(const base::Json& body);

/// A content type without its parameters, in lower case.
std::string media_type(std::string_view content_type);

}  // namespace plocal::protocol
