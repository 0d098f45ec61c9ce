// The authority's own folder: a certificate for everybody, and its key for nobody else. What is not ours there is left
// alone, and not trusted.
#pragma once

#include <filesystem>
#include <string>
#include <variant>

#include "server/wire/http/certificate.h"

namespace plocal::app {

struct KeptAuthority {
    http::CertifiedKey authority;
    std::filesystem::path ca_file;  // holds the certificate
    bool is_new = false;
};

/// Why a folder keeps no authority: one line.
struct NotKept {
    std::string why;
};

/// The authority that the folder has, or a new one, which it has from now on. The folder is made where it is missing,
/// but not the one that it lies in. Several processes that ask at once get the same one. An authority that somebody
/// else owns or can read is none; one of ours that ends soon is replaced.
std::variant<KeptAuthority, NotKept> keep_authority(const std::filesystem::path& folder);

}  // namespace plocal::app
