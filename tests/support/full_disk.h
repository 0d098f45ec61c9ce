// A disk without room: writes to files fail while an object of this class exists. It changes a limit of the whole
// process, so no other thread may write then.
#pragma once

#include <csignal>

#include <sys/resource.h>

namespace plocal::support {

class FullDisk {
public:
    /// From now on no file of this process can grow beyond this size. With 0, nothing can be written.
    explicit FullDisk(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() { setrlimit(RLIMIT_FSIZE, &before_); }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

private:
    rlimit before_{};
};

}  // namespace plocal::support
