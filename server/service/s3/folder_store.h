// Objects in a folder of this machine: s3://bucket/key is FOLDER/bucket/key. The folder is never left: no part of a key
// leads upward, and no link is followed. Only regular files are objects; a bucket is a folder, and is never created.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "server/service/s3/folder_writer.h"
#include "server/service/s3/object_store.h"

namespace plocal::s3 {

class FolderStore final : public ObjectStore {
public:
    /// The folder need not exist before the first call, and may be replaced between calls.
    explicit FolderStore(std::filesystem::path folder);

    /// A key that no file can have names no object, so no object has it as a prefix.
    void list(const ObjectName& prefix, const std::function<void(const ListedObject&)>& visit,
              const Access& access) override;
    std::unique_ptr<base::Pieces> read(const ObjectName& name, const Access& access) override;

    /// Folders on the path of the key are created when the object is finished.
    std::unique_ptr<ObjectWriter> write(const ObjectName& name, const Access& access) override;

private:
    FolderWalk enter_bucket(const ObjectName& name) const;

    const std::filesystem::path folder_;
    LeftOvers left_overs_;
};

}  // namespace plocal::s3
