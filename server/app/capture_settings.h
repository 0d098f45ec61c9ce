// Which account a capture reads, and with which keys: what follows from its options, from variables and from the files
// of AWS. Reads files; blocks the calling thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/app/capture_options.h"
#include "server/wire/http/url.h"
#include "server/wire/signing/sign.h"

namespace plocal::app {

struct CaptureSettings {
    std::vector<std::string> regions;  // at least one, each once
    std::string dataset_group;         // an ARN, or ""
    std::string as_account;            // twelve digits, or ""
    std::optional<http::Url> endpoint;
    signing::SigningKey key;
};

/// Throws UsageError for options that are wrong or contradict each other, where no region is named, and where there are
/// no keys. No message shows a key.
CaptureSettings read_capture_settings(const CaptureOptions& options);

/// The endpoint of Personalize in a region of AWS.
http::Url service_endpoint(const std::string& region);

}  // namespace plocal::app
