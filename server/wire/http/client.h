// The HTTP client: one connection, one request, one response. Bodies go through piece by piece in both directions, so
// memory does not grow with them. It follows no redirects, uses no proxy, tries nothing twice and keeps no connection.
#pragma once

#include <boost/asio/awaitable.hpp>

#include "server/wire/http/client_request.h"

namespace plocal::http {

/// Sends a request and gives the body of its response to the sink. Returns the response's head once the body is
/// complete, whatever its status is. The response is read after the request has been sent, or when the server accepts
/// no more of it. Exceptions of the body and the sink reach the caller. To be spawned on an executor that runs one
/// handler at a time.
boost::asio::awaitable<ClientResult> send_request(ClientRequest request, ResponseSink& sink, ClientLimits limits = {});

/// The same for callers without an I/O context: blocks the calling thread.
ClientResult send_request_and_wait(const ClientRequest& request, ResponseSink& sink, const ClientLimits& limits = {});

}  // namespace plocal::http
