// Where the s3:// URLs of this run lead: a folder, an S3 endpoint or nowhere. On the main thread.
#pragma once

#include <memory>

#include "server/app/options.h"
#include "server/service/s3/object_store.h"

namespace plocal::app {

/// The store that --s3 names; null for `none`. Asks an endpoint nothing. Throws UsageError for a folder that does not
/// exist, half a key, or a bundle of CAs that cannot be read.
std::unique_ptr<s3::ObjectStore> open_object_store(const Options& options);

}  // namespace plocal::app
