#include "server/service/s3/folder_writer.h"

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "server/service/s3/store_errors.h"

namespace plocal::s3 {
namespace {

using base::Descriptor;

constexpr mode_t folder_mode_before_umask = 0777;

/// Removes a temporary file if no writer holds its lock. A writer whose file is removed before it has the lock notices
/// that, and makes another one.
void remove_left_over(int folder, const std::string& name) {
    const Descriptor file(openat(folder, name.c_str(), O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    struct stat status {};
    if (file.get() < 0 || fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) return;
    if (flock(file.get(), LOCK_EX | LOCK_NB) == 0) unlinkat(folder, name.c_str(), 0);
}

/// Locks a new file. Returns false if it was taken for a left-over. A file system without locks is no reason to fail.
bool lock(int file) {
    struct stat status {};
    if (flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) return false;
    return fstat(file, &status) != 0 || status.st_nlink > 0;
}

/// Returns the errno of writes that a file system reports only when a file is closed, or 0. The file stays open, and
/// with it the lock.
int delayed_error(int file) {
    const int duplicate = fcntl(file, F_DUPFD_CLOEXEC, 0);
    return duplicate < 0 || close(duplicate) != 0 ? errno : 0;
}

}  // namespace

void LeftOvers::remove_once(int folder) {
    struct stat status {};
    if (fstat(folder, &status) != 0) return;
    {
        const std::lock_guard lock(mutex_);
        if (!done_.emplace(status.st_dev, status.st_ino).second) return;
    }
    try {
        for (const std::string& name : names_in(folder)) {
            if (is_temporary_name(name)) remove_left_over(folder, name);
        }
    } catch (const std::system_error&) {  // a folder may be written to, but not read
    }
}

FolderWriter::FolderWriter(FolderWalk bucket, ObjectName name, Access access, LeftOvers& left_overs)
    : name_(std::move(name)), access_(std::move(access)), place_(std::move(bucket)) {
    require_wanted(access_);
    go_to_folder(left_overs);
    if (missing_.empty()) require_free_place();
    make_temporary_file();
}

FolderWriter::~FolderWriter() {
    if (!temporary_.empty()) unlinkat(place_.folder(), temporary_.c_str(), 0);
}

/// Goes as far as there are folders. The others are made when the object is finished: without it they would be left.
void FolderWriter::go_to_folder(LeftOvers& left_overs) {
    auto names = names_of(name_.key);
    if (!names) {
        fail(
            name_,
            "InvalidKey: no file can have this name: a key in a folder has 1 to 1024 bytes of UTF-8, and no part of it "
            "between slashes is empty, '.' or '..'");
    }
    last_ = std::move(names->back());
    names->pop_back();
    file_ = place_.path() / name_.key;
    left_overs.remove_once(place_.folder());
    for (std::size_t i = 0; i < names->size(); ++i) {
        FolderWalk next = place_.fork();
        if (next.enter((*names)[i])) {
            place_ = std::move(next);
            left_overs.remove_once(place_.folder());
        } else if (next.error() == ENOENT) {
            missing_.assign(names->begin() + static_cast<std::ptrdiff_t>(i), names->end());
            return;
        } else if (next.error() == ENOTDIR || next.error() == ELOOP) {
            fail_absent(name_, "InvalidKey", next.path(), next.error());
        } else {
            fail(name_, next.path(), "entered", next.error());
        }
    }
}

/// A rename would replace a link or a pipe, too.
void FolderWriter::require_free_place() {
    struct stat status {};
    if (fstatat(place_.folder(), last_.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno != ENOENT) fail_to_write(errno);
        return;
    }
    if (!S_ISREG(status.st_mode)) {
        fail(name_,
             "InvalidKey: " + file_.string() + " is not a file and is not replaced; remove it or take another key");
    }
}

void FolderWriter::make_temporary_file() {
    for (;;) {
        const std::string name = make_temporary_name();
        Descriptor made = place_.open(name, O_WRONLY | O_CREAT | O_EXCL);
        if (made.get() < 0 && errno == EEXIST) continue;
        if (made.get() < 0) fail_to_write(errno);
        if (!lock(made.get())) continue;
        temporary_ = name;
        descriptor_ = std::move(made);
        return;
    }
}

void FolderWriter::write(std::string_view piece) {
    while (!piece.empty()) {
        require_wanted(access_);
        const ssize_t written = ::write(descriptor_.get(), piece.data(), piece.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail_to_write(errno);
        piece.remove_prefix(static_cast<std::size_t>(written));
    }
}

void FolderWriter::finish() {
    require_wanted(access_);
    if (const int error = delayed_error(descriptor_.get()); error != 0) fail_to_write(error);
    FolderWalk target = place_.fork();
    for (const std::string& folder : missing_) {
        if (target.error() == 0 && mkdirat(target.folder(), folder.c_str(), folder_mode_before_umask) != 0 &&
            errno != EEXIST) {
            fail(name_, target.path() / folder, "created", errno);
        }
        target.enter(folder);
    }
    if (target.error() != 0) fail(name_, target.path(), "entered", target.error());
    if (renameat(place_.folder(), temporary_.c_str(), target.folder(), last_.c_str()) != 0) fail_to_write(errno);
    temporary_.clear();
    descriptor_ = Descriptor(-1);
    place_ = std::move(target);
}

void FolderWriter::withdraw() noexcept {
    unlinkat(place_.folder(), last_.c_str(), 0);
}

void FolderWriter::fail_to_write(int error) const {
    fail(name_, file_, "written", error);
}

}  // namespace plocal::s3
