#include "tests/support/failing_disk.h"

#include <stdexcept>

#include <sqlite3.h>

namespace plocal::support {
namespace {

using Fault = FailingDisk::Fault;

/// What the disk does. SQLite's functions get no pointer of ours, and there is one disk at a time.
struct Disk {
    sqlite3_vfs* real = nullptr;
    sqlite3_vfs vfs{};
    Fault fault{};
    int accesses_left = 0;  // before the one that fails; below 0 for none that fails
    bool is_armed = false;
    bool has_failed = false;

    /// Returns true if this access fails.
    bool fails(bool is_reading = false) {
        if (!is_armed || (is_reading && !(fault.is_brief && fault.code == SQLITE_IOERR))) return false;
        if (accesses_left > 1) {
            --accesses_left;
            return false;
        }
        is_armed = !fault.is_brief;
        has_failed = true;
        return true;
    }
};

Disk& disk() {
    static Disk disk;
    return disk;
}

/// The file of the real VFS follows in memory.
struct File {
    sqlite3_file base;

    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

sqlite3_file* real_of(sqlite3_file* file) {
    return reinterpret_cast<File*>(file)->real();
}

/// The extended code of a failed access, as SQLite's own files give it.
int code_of(int io_error) {
    return disk().fault.code == SQLITE_IOERR ? io_error : disk().fault.code;
}

// SQLite's functions, by the names that they have there.
namespace x {

int close(sqlite3_file* file) {
    return real_of(file)->pMethods->xClose(real_of(file));
}

int read(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
    if (disk().fails(true)) return SQLITE_IOERR_READ;
    return real_of(file)->pMethods->xRead(real_of(file), to, size, at);
}

int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
    if (!disk().fails()) return real_of(file)->pMethods->xWrite(real_of(file), from, size, at);
    static_cast<void>(real_of(file)->pMethods->xWrite(real_of(file), from, size / 2, at));
    return code_of(SQLITE_IOERR_WRITE);
}

int truncate(sqlite3_file* file, sqlite3_int64 size) {
    if (disk().fails()) return code_of(SQLITE_IOERR_TRUNCATE);
    return real_of(file)->pMethods->xTruncate(real_of(file), size);
}

/// Only a power failure would tell the difference, and no test has one.
int sync(sqlite3_file*, int) {
    return disk().fails() ? code_of(SQLITE_IOERR_FSYNC) : SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

int lock(sqlite3_file* file, int level) {
    return real_of(file)->pMethods->xLock(real_of(file), level);
}

int unlock(sqlite3_file* file, int level) {
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

int check_lock(sqlite3_file* file, int* is_locked) {
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), is_locked);
}

int control(sqlite3_file* file, int operation, void* argument) {
    return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}

int sector_size(sqlite3_file* file) {
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

int characteristics(sqlite3_file* file) {
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

/// Of the first version: without shared memory, which a file that is locked for good does not need.
const sqlite3_io_methods methods = {
    1,           close,           read,    write,   truncate, sync,    file_size, lock,   unlock, check_lock, control,
    sector_size, characteristics, nullptr, nullptr, nullptr,  nullptr, nullptr,   nullptr};

bool exists(const char* name) {
    int is_there = 0;
    return disk().real->xAccess(disk().real, name, SQLITE_ACCESS_EXISTS, &is_there) == SQLITE_OK && is_there != 0;
}

int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* flags_out) {
    file->pMethods = nullptr;
    const bool is_new = (flags & SQLITE_OPEN_CREATE) != 0 && name != nullptr && !exists(name);
    if (is_new && disk().fails()) return SQLITE_CANTOPEN;
    const int code = disk().real->xOpen(disk().real, name, real_of(file), flags, flags_out);
    if (code == SQLITE_OK) file->pMethods = &methods;
    return code;
}

int remove(sqlite3_vfs*, const char* name, int) {
    if (disk().fails()) return code_of(SQLITE_IOERR_DELETE);
    return disk().real->xDelete(disk().real, name, 0);
}

int access(sqlite3_vfs*, const char* name, int flags, int* result) {
    return disk().real->xAccess(disk().real, name, flags, result);
}

int full_path(sqlite3_vfs*, const char* name, int size, char* path) {
    return disk().real->xFullPathname(disk().real, name, size, path);
}

int randomness(sqlite3_vfs*, int size, char* bytes) {
    return disk().real->xRandomness(disk().real, size, bytes);
}

int sleep(sqlite3_vfs*, int microseconds) {
    return disk().real->xSleep(disk().real, microseconds);
}

int last_error(sqlite3_vfs*, int size, char* text) {
    return disk().real->xGetLastError(disk().real, size, text);
}

int current_time(sqlite3_vfs*, double* day) {
    return disk().real->xCurrentTime(disk().real, day);
}

int current_time_ms(sqlite3_vfs*, sqlite3_int64* milliseconds) {
    return disk().real->xCurrentTimeInt64(disk().real, milliseconds);
}

}  // namespace x
}  // namespace

const Fault FailingDisk::faults[4] = {{"a broken sector", SQLITE_IOERR, true},
                                      {"a disk that is away", SQLITE_IOERR, false},
                                      {"a full disk", SQLITE_FULL, false},
                                      {"a disk that is read-only", SQLITE_READONLY, false}};

FailingDisk::FailingDisk() {
    if (disk().real != nullptr) throw std::logic_error("there is a failing disk already");
    sqlite3_vfs* const real = sqlite3_vfs_find(nullptr);
    disk() = {};
    disk().real = real;
    sqlite3_vfs& vfs = disk().vfs;
    vfs.iVersion = 2;
    vfs.szOsFile = static_cast<int>(sizeof(File)) + real->szOsFile;
    vfs.mxPathname = real->mxPathname;
    vfs.zName = "failing";
    vfs.xOpen = x::open;
    vfs.xDelete = x::remove;
    vfs.xAccess = x::access;
    vfs.xFullPathname = x::full_path;
    vfs.xRandomness = x::randomness;
    vfs.xSleep = x::sleep;
    vfs.xCurrentTime = x::current_time;
    vfs.xGetLastError = x::last_error;
    vfs.xCurrentTimeInt64 = x::current_time_ms;
    if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK) throw std::logic_error("SQLite takes no VFS");
}

FailingDisk::~FailingDisk() {
    sqlite3_vfs_unregister(&disk().vfs);
    sqlite3_vfs_register(disk().real, 1);
    disk().real = nullptr;
}

void FailingDisk::fail_at(int n, const Fault& fault) {
    disk().fault = fault;
    disk().accesses_left = n;
    disk().is_armed = true;
    disk().has_failed = false;
}

bool FailingDisk::mend() {
    disk().is_armed = false;
    return disk().has_failed;
}

}  // namespace plocal::support
