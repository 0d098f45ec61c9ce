// The certificate for HTTPS: the one that the options name, or a generated one, signed by the program's own authority.
// The authority is kept in a folder if there is a writable one, so that clients have to trust it only once.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/app/options.h"
#include "server/base/log.h"
#include "server/wire/http/tls.h"

namespace plocal::app {

struct Certificates {
    std::shared_ptr<http::Tls> tls;
    std::string ca_file;         // empty if the authority is only in memory, or the certificate is given
    std::string ca_certificate;  // of the authority, in PEM; empty if the certificate is given
};

/// Returns nothing if the options ask for no HTTPS. Logs where the authority is. Throws UsageError for files that
/// cannot be read or used.
std::optional<Certificates> read_certificates(const Options& options, base::Log& log);

/// The files that would hold the CA of a server with these options, or its own certificate. They need not exist.
std::vector<std::string> ca_files(const Options& options);

}  // namespace plocal::app
