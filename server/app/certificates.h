// The certificate that HTTPS is served with, as the options want it: the user's own, or one that our own authority
// vouches for. The authority outlives the server where a folder can be written to, so that it is trusted once.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "server/app/options.h"
#include "server/base/log.h"
#include "server/wire/http/tls.h"

namespace plocal::app {

struct Certificates {
    std::shared_ptr<http::Tls> tls;
    std::string ca_file;         // empty where the authority is in memory alone, or is not ours
    std::string ca_certificate;  // PEM; empty where it is not ours
};

/// Nothing where no HTTPS is wanted. Tells the log where an authority of ours is. Throws UsageError for files that
/// cannot be read or used.
std::optional<Certificates> read_certificates(const Options& options, base::Log& log);

}  // namespace plocal::app
