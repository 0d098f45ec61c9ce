// Finds the objects that a job's data source names: one object, or those of a folder. On a thread of the queue.
#pragma once

#include <string_view>
#include <vector>

#include "server/service/jobs/input_limits.h"
#include "server/service/s3/object_store.h"

namespace plocal::jobs {

/// Which objects of a folder are read.
enum class FolderPart {
    csv_files,  // those directly in it whose names end with ".csv"
    all_files,  // all of them, in sub-folders too
};

/// Returns the object at a URL, or else the objects of the folder of that name, in bytewise order; empty ones whose
/// names end with a slash, which tools make for folders, are none. Throws s3::StoreError where the URL is none, where
/// the store fails, where there is no such object, and beyond the limits; s3::Aborted.
std::vector<s3::ObjectName> find_objects(s3::ObjectStore& store, std::string_view url, FolderPart part,
                                         const s3::Access& access, const InputLimits& limits);

/// Returns a key in the folder at a URL: "s3://bucket/out" and "part.csv" make the key "out/part.csv". Throws
/// s3::StoreError where the URL is none.
s3::ObjectName object_in(std::string_view folder_url, std::string_view name);

}  // namespace plocal::jobs
