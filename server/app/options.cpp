#include "server/app/options.h"

#include <system_error>

#include "server/base/file.h"
#include "server/base/problem.h"

namespace plocal::app {

void require_consistent(const Options& options) {
    const bool is_auto = options.tls_certificate == "auto";
    if (options.tls_certificate.empty() && !options.tls_key.empty()) {
        throw UsageError("--tls-key without --tls-cert (PERSONALIZE_LOCAL_TLS_CERT): give the key's certificate too");
    }
    if (!options.tls_certificate.empty() && !is_auto && options.tls_key.empty()) {
        throw UsageError(
            "--tls-cert without --tls-key (PERSONALIZE_LOCAL_TLS_KEY): give the certificate's private key too, or "
            "--tls-cert auto");
    }
    if (is_auto && !options.tls_key.empty()) {
        throw UsageError("--tls-key with --tls-cert auto: a generated certificate has a key of its own; leave out one");
    }
    if (options.tls_certificate.empty() && options.is_tls_port_given) {
        throw UsageError(
            "--tls-port without --tls-cert (PERSONALIZE_LOCAL_TLS_CERT): HTTPS needs a certificate, such as --tls-cert "
            "auto");
    }
    if (!is_auto && !options.tls_names.empty()) {
        throw UsageError("--tls-name without --tls-cert auto: only a generated certificate takes more names");
    }
    if (!options.tls_certificate.empty() && options.tls_port == options.port && options.port != 0) {
        throw UsageError("--tls-port is --port: HTTP and HTTPS need a port each");
    }
    if (options.is_auth_required && options.credentials.empty()) {
        throw UsageError(
            "--auth sigv4 without --credentials (PERSONALIZE_LOCAL_CREDENTIALS): give the file whose profiles may "
            "sign");
    }
    if (!options.is_auth_required && !options.credentials.empty()) {
        throw UsageError(
            "--credentials without --auth sigv4: signatures are not checked; leave out --credentials, or add --auth "
            "sigv4");
    }
}

std::string read_given_file(std::string_view flag, const std::string& file, std::string_view expected) {
    std::error_code error;
    std::string text = base::read_text_file(file, error);
    if (!error) return text;
    throw UsageError(std::string(flag) + " " + file + ": " +
                     base::mismatch(expected, "a file that cannot be read: " + error.message()));
}

}  // namespace plocal::app
