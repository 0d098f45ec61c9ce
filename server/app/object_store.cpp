#include "server/app/object_store.h"

#include <filesystem>
#include <string>
#include <system_error>

#include "server/app/client_trust.h"
#include "server/service/s3/endpoint_store.h"
#include "server/service/s3/folder_store.h"
#include "server/wire/http/url.h"

namespace plocal::app {
namespace {

std::unique_ptr<s3::ObjectStore> open_folder(const std::string& folder) {
    std::error_code error;
    if (std::filesystem::is_directory(folder, error)) return std::make_unique<s3::FolderStore>(folder);
    const std::string why = error ? error.message() : "it is not a folder";
    throw UsageError("--s3 " + folder + ": " + why +
                     "; create the folder, with a folder in it for each bucket, or give none or an endpoint such as "
                     "http://localhost:4566");
}

signing::SigningKey key_of(const Options& options) {
    const signing::SigningKey& key = options.s3_key;
    if (key.access_key.empty() && key.secret.empty()) return {.access_key = "test", .secret = "test"};
    if (key.access_key.empty() || key.secret.empty()) {
        const std::string given = key.access_key.empty() ? "AWS_SECRET_ACCESS_KEY" : "AWS_ACCESS_KEY_ID";
        const std::string missing = key.access_key.empty() ? "AWS_ACCESS_KEY_ID" : "AWS_SECRET_ACCESS_KEY";
        throw UsageError(given + " without " + missing + ": set both for the endpoint of --s3, or unset both for test");
    }
    return key;
}

}  // namespace

std::unique_ptr<s3::ObjectStore> open_object_store(const Options& options) {
    if (options.s3.empty()) return nullptr;
    const auto url = http::parse_url(options.s3);
    if (!url) return open_folder(options.s3);
    const auto trust = url->is_https ? std::make_shared<http::ClientTls>(client_trust(options)) : nullptr;
    return std::make_unique<s3::EndpointStore>(
        s3::Endpoint{.url = *url, .key = key_of(options), .tls = trust, .silence = options.s3_timeout});
}

}  // namespace plocal::app
