// The authority's own folder: a certificate for everybody, and its key for nobody else.
#pragma once

#include <filesystem>
#include <optional>

#include "server/http/certificate.h"

namespace plocal::app {

struct KeptAuthority {
    http::CertifiedKey authority;
    std::filesystem::path ca_file;  // holds the certificate
    bool is_new = false;
};

/// The authority that the folder has, or a new one, which it has from now on; nothing where it cannot be written to.
/// Several processes that ask at once get the same one.
std::optional<KeptAuthority> keep_authority(const std::filesystem::path& folder);

}  // namespace plocal::app
