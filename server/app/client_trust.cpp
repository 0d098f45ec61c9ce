#include "server/app/client_trust.h"

#include "server/wire/http/tls.h"

namespace plocal::app {

http::ClientTls client_trust(const Options& options, const std::vector<std::string>& more_files) {
    try {
        return http::ClientTls({.bundle_file = options.ca_bundle, .more_files = more_files});
    } catch (const http::TlsError& error) {
        throw UsageError(std::string("AWS_CA_BUNDLE: ") + error.what());
    }
}

}  // namespace plocal::app
