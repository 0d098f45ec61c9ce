// The inputs of a batch job and the names of their outputs. Calls block their thread; they throw StoreError and
// Aborted.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/service/jobs/input_limits.h"
#include "server/service/s3/object_store.h"

namespace plocal::jobs {

struct BatchFile {
    s3::ObjectName input;
    s3::ObjectName output;
};

/// Returns the name of an s3:// URL. Throws StoreError for any other text.
s3::ObjectName object_named(std::string_view url);

/// Proves that the output folder can be written to, as the service does: leaves the empty object _CHECK in it.
void write_check(s3::ObjectStore& objects, const s3::ObjectName& output, const s3::Access& access);

/// Returns each object whose key begins with that of `input`, in bytewise order, with its output in the folder
/// `output`. Folders are none, nor is what such a job leaves in that folder. Throws StoreError where there is none,
/// where two outputs would have one name, and beyond the limits.
std::vector<BatchFile> find_batch_files(s3::ObjectStore& objects, const s3::ObjectName& input,
                                        const s3::ObjectName& output, const s3::Access& access,
                                        const InputLimits& limits);

}  // namespace plocal::jobs
