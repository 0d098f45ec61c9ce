// The objects beneath a folder in the order of their keys. Holds the names of the folders between the bucket and the
// current object in memory, not those of all. Blocks; one thread at a time.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "server/service/s3/folder_walk.h"
#include "server/service/s3/object_store.h"

namespace plocal::s3 {

class FolderListing {
public:
    /// All of them must outlive the listing. The walk stands in the bucket's folder.
    FolderListing(const FolderWalk& bucket, const ObjectName& prefix, const Access& access,
                  const std::function<void(const ListedObject&)>& visit)
        : bucket_(bucket), prefix_(prefix), access_(access), visit_(visit) {}

    /// Visits all objects whose keys begin with the prefix. Throws StoreError where a folder cannot be read, and
    /// Aborted.
    void run();

private:
    struct Entry;

    void list_folder(const std::string& folder, std::string_view beginning);
    std::vector<Entry> read_folder(const std::string& folder, std::string_view beginning) const;

    const FolderWalk& bucket_;
    const ObjectName& prefix_;
    const Access& access_;
    const std::function<void(const ListedObject&)>& visit_;
};

}  // namespace plocal::s3
