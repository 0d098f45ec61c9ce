// A disk that fails when a test says so: SQLite's own files, behind a VFS of ours that is the default one as long as an
// object of this class exists. For one thread, and one object at a time.
#pragma once

namespace plocal::support {

class FailingDisk {
public:
    /// What fails, and for how long.
    struct Fault {
        const char* name;
        int code;       // SQLite's: SQLITE_IOERR, SQLITE_FULL, SQLITE_READONLY
        bool is_brief;  // one access alone; otherwise all changes until `mend`
    };

    /// A broken sector, a disk that is away for a while, a full one, and one that was remounted read-only.
    static const Fault faults[4];

    /// Databases that are opened from now on lie on this disk. They must be closed before its end.
    FailingDisk();
    ~FailingDisk();
    FailingDisk(const FailingDisk&) = delete;
    FailingDisk& operator=(const FailingDisk&) = delete;

    /// The n-th change from now on fails, counted from 1: a write, of which half still happens, a sync, a truncation, a
    /// new file, or the removal of one. For a brief fault with SQLITE_IOERR, reading counts too.
    void fail_at(int n, const Fault& fault);

    /// Nothing fails any more. Returns true if something has failed since `fail_at`.
    bool mend();
};

}  // namespace plocal::support
