// An object that is written to a folder: first under a temporary name, beside the place where it will be, then renamed.
// A temporary file is locked while its writer lives, so that what a killed one has left can be found and removed.
#pragma once

#include <filesystem>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/base/descriptor.h"
#include "server/service/s3/folder_walk.h"
#include "server/service/s3/object_store.h"

namespace plocal::s3 {

/// Removes the temporary files of killed writers. From any thread.
class LeftOvers {
public:
    /// Removes those in this folder, unless this object has done so before. Ignores what cannot be removed.
    void remove_once(int folder);

private:
    std::mutex mutex_;
    std::set<std::pair<std::uint64_t, std::uint64_t>> done_;  // by device and inode
};

class FolderWriter final : public ObjectWriter {
public:
    /// The walk stands in the bucket's folder. Throws StoreError where the object cannot be written.
    FolderWriter(FolderWalk bucket, ObjectName name, Access access, LeftOvers& left_overs);
    ~FolderWriter() override;

    void write(std::string_view piece) override;
    void seal() override {}  // holds no content
    void finish() override;
    void withdraw() noexcept override;

private:
    void go_to_folder(LeftOvers& left_overs);
    void require_free_place();
    void make_temporary_file();
    void make_missing_folders();
    [[noreturn]] void fail_to_write(int error) const;

    const ObjectName name_;
    const Access access_;
    std::vector<std::string> missing_;  // folders on the path that do not exist yet
    std::string last_;                  // the name in the last folder
    FolderWalk place_;                  // the last folder on the path that exists; after `finish`, that of the object
    std::filesystem::path file_;        // for messages
    std::string temporary_;             // the name of the temporary file in `place_`; empty once it is gone
    base::Descriptor descriptor_{-1};
};

}  // namespace plocal::s3
