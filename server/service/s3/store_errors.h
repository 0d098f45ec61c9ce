// The errors of stores: in S3's terms, with the URL of the object first, and for a folder with the path of the file.
// Pure.
#pragma once

#include <filesystem>
#include <string>

#include "server/service/s3/object_store.h"

namespace plocal::s3 {

/// Throws Aborted if the work was aborted.
void require_wanted(const Access& access);

/// Throws StoreError: "s3://bucket/key: " and the cause.
[[noreturn]] void fail(const ObjectName& name, const std::string& cause);

/// Throws StoreError for a failed call on a file. `done` says what was to be done: "read". Without the right to do it
/// this is AccessDenied.
[[noreturn]] void fail(const ObjectName& name, const std::filesystem::path& path, const char* done, int error);

/// Whether this errno means that there is no such object.
bool is_absence(int error);

/// Throws StoreError with this code of S3 for a folder or file that is not there. `error` is an absence.
[[noreturn]] void fail_absent(const ObjectName& name, const char* code, const std::filesystem::path& path, int error);

}  // namespace plocal::s3
