// The CAs that the program trusts where it is the client: of the endpoint of --s3, in a health check, in a capture. On
// the main thread.
#pragma once

#include <string>
#include <vector>

#include "server/app/options.h"
#include "server/wire/http/client_tls.h"

namespace plocal::app {

/// The CAs in the bundle that AWS_CA_BUNDLE names, or else the system's, and those in `more_files` that can be read.
/// Throws UsageError for a bundle that cannot be read or has no certificate.
http::ClientTls client_trust(const Options& options, const std::vector<std::string>& more_files = {});

}  // namespace plocal::app
