#include "server/model/path.h"

namespace plocal::model {

std::string Path::text(const Path* path) {
    if (path == nullptr) return "";
    std::string written = text(path->outer);
    if (!written.empty()) written += '.';
    if (path->position == 0) {
        written += path->name;
    } else {
        written += std::to_string(path->position);
    }
    if (path->collected) written += ".member";
    return written;
}

}  // namespace plocal::model
