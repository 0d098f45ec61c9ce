#include "server/service/s3/store_errors.h"

#include <cerrno>
#include <system_error>

namespace plocal::s3 {

void require_wanted(const Access& access) {
    if (access.is_aborted && access.is_aborted()) throw Aborted();
}

void fail(const ObjectName& name, const std::string& cause) {
    throw StoreError(name.url() + ": " + cause);
}

void fail(const ObjectName& name, const std::filesystem::path& path, const char* done, int error) {
    const bool is_denied = error == EACCES || error == EPERM || error == EROFS;
    fail(name, std::string(is_denied ? "AccessDenied: " : "") + path.string() + " cannot be " + done + ": " +
                   std::generic_category().message(error));
}

bool is_absence(int error) {
    return error == ENOENT || error == ENOTDIR || error == ELOOP || error == ENAMETOOLONG;
}

void fail_absent(const ObjectName& name, const char* code, const std::filesystem::path& path, int error) {
    const std::string prefix = std::string(code) + ": ";
    if (error == ELOOP) fail(name, prefix + path.string() + " is a link, and links are not followed");
    if (error == ENOTDIR) fail(name, prefix + path.string() + " is not a folder");
    fail(name, prefix + "there is no " + path.string());
}

}  // namespace plocal::s3
