#include "server/service/s3/folder_store.h"

#include <cerrno>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>

#include "server/base/pieces.h"
#include "server/service/s3/folder_listing.h"
#include "server/service/s3/store_errors.h"

namespace plocal::s3 {
namespace {

/// The content of an open file, with errors that name the object.
class FolderObject final : public base::Pieces {
public:
    FolderObject(base::Descriptor descriptor, ObjectName name, std::filesystem::path path, Access access)
        : descriptor_(std::move(descriptor)),
          pieces_(descriptor_.get()),
          name_(std::move(name)),
          path_(std::move(path)),
          access_(std::move(access)) {}

    std::string_view next() override {
        require_wanted(access_);
        try {
            return pieces_.next();
        } catch (const std::system_error& error) {
            fail(name_, path_, "read", error.code().value());
        }
    }

private:
    base::Descriptor descriptor_;
    base::OpenFilePieces pieces_;
    ObjectName name_;
    std::filesystem::path path_;
    Access access_;
};

[[noreturn]] void fail_unreadable(const ObjectName& name, const std::filesystem::path& path, int error) {
    if (is_absence(error)) fail_absent(name, "NoSuchKey", path, error);
    fail(name, path, "read", error);
}

}  // namespace

FolderStore::FolderStore(std::filesystem::path folder) : folder_(std::filesystem::absolute(folder)) {}

FolderWalk FolderStore::enter_bucket(const ObjectName& name) const {
    FolderWalk walk(folder_);
    if (walk.error() != 0) fail(name, walk.path(), "opened", walk.error());
    if (!is_object_name(name.bucket) || name.bucket.find('/') != std::string::npos) {
        fail(name, "NoSuchBucket: no folder can have this name");
    }
    if (!walk.enter(name.bucket)) {
        if (is_absence(walk.error())) fail_absent(name, "NoSuchBucket", walk.path(), walk.error());
        fail(name, walk.path(), "entered", walk.error());
    }
    return walk;
}

void FolderStore::list(const ObjectName& prefix, const std::function<void(const ListedObject&)>& visit,
                       const Access& access) {
    require_wanted(access);
    const FolderWalk bucket = enter_bucket(prefix);
    FolderListing(bucket, prefix, access, visit).run();
}

std::unique_ptr<base::Pieces> FolderStore::read(const ObjectName& name, const Access& access) {
    require_wanted(access);
    FolderWalk walk = enter_bucket(name);
    const auto names = names_of(name.key);
    if (!names) fail(name, "NoSuchKey: no file can have this name");
    for (std::size_t i = 0; i + 1 < names->size(); ++i) {
        if (!walk.enter((*names)[i])) fail_unreadable(name, walk.path(), walk.error());
    }
    const std::filesystem::path path = walk.path() / names->back();
    base::Descriptor file = walk.open(names->back(), O_RDONLY);
    if (file.get() < 0) fail_unreadable(name, path, errno);
    struct stat status {};
    if (fstat(file.get(), &status) != 0) fail(name, path, "read", errno);
    if (S_ISDIR(status.st_mode)) fail(name, "NoSuchKey: " + path.string() + " is a folder");
    if (!S_ISREG(status.st_mode)) fail(name, "NoSuchKey: " + path.string() + " is not a regular file");
    return std::make_unique<FolderObject>(std::move(file), name, path, access);
}

std::unique_ptr<ObjectWriter> FolderStore::write(const ObjectName& name, const Access& access) {
    return std::make_unique<FolderWriter>(enter_bucket(name), name, access, left_overs_);
}

}  // namespace plocal::s3
