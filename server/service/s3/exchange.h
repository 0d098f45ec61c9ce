// One HTTP exchange that its thread drives step by step: the response is read no faster than it is asked for, and each
// wait ends soon after the work is aborted.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "server/service/s3/object_store.h"
#include "server/wire/http/client_request.h"

namespace plocal::s3 {

class Exchange {
public:
    /// Nothing is sent before head(). PUT and POST send the body. It and `access` must outlive the exchange.
    Exchange(http::ClientRequest request, std::string_view body, const http::ClientLimits& limits,
             const Access& access);
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    /// Cuts the connection if the response is not complete.
    ~Exchange();

    /// Sends the request and waits for the head of the response. Once. Throws Aborted.
    http::ClientResult head();

    /// After a head: the next bytes of the body, empty at its end, valid until the next call. Throws Aborted.
    std::variant<std::string_view, http::ClientError> next();

private:
    struct State;

    template <class IsDone>
    void run_until(const IsDone& is_done);

    const Access& access_;
    std::unique_ptr<State> state_;
};

}  // namespace plocal::s3
