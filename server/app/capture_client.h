// Makes signed calls of Personalize, and tries a call again that may succeed later. Used on one executor that runs one
// handler at a time.
#pragma once

#include <random>
#include <string>
#include <variant>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "server/base/json.h"
#include "server/local/capture/failure.h"
#include "server/wire/http/client_tls.h"
#include "server/wire/http/url.h"
#include "server/wire/signing/sign.h"

namespace plocal::app {

class CaptureClient {
public:
    using Result = std::variant<base::Json, capture::Failure>;

    /// `tls` is needed for an https URL and must outlive the client.
    CaptureClient(http::Url url, std::string region, signing::SigningKey key, http::ClientTls* tls);

    /// Returns the output of an operation, or why there is none after up to six tries. No failure has a secret in it.
    boost::asio::awaitable<Result> call(std::string operation, std::string input);

private:
    boost::asio::awaitable<Result> try_once(const std::string& operation, const std::string& input);

    http::Url url_;
    signing::SigningTarget target_;
    signing::SigningKey key_;
    http::ClientTls* tls_;
    std::vector<std::string> secrets_;
    std::mt19937_64 random_{std::random_device{}()};
};

}  // namespace plocal::app
