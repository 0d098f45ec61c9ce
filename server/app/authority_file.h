// The folder of the certificate authority: a certificate that everybody can read, and a key for its owner alone. Files
// that the program did not write are neither changed nor trusted.
#pragma once

#include <filesystem>
#include <string>
#include <variant>

#include "server/wire/http/certificate.h"

namespace plocal::app {

struct KeptAuthority {
    http::CertifiedKey authority;
    std::filesystem::path ca_file;  // the certificate
    bool is_new = false;
};

/// Why a folder cannot hold an authority: one line.
struct NotKept {
    std::string why;
};

/// The file in such a folder that holds the certificate.
std::filesystem::path ca_file_in(const std::filesystem::path& folder);

/// Returns the authority in the folder, or writes a new one there. Creates the folder if it is missing, but not its
/// parent. Processes that call this at the same time get the same authority. An authority that another user owns or can
/// read is not used. One of the program's own that expires soon is replaced.
std::variant<KeptAuthority, NotKept> keep_authority(const std::filesystem::path& folder);

}  // namespace plocal::app
