#include "server/model/path.h"

namespace plocal::model {

std::string Path::text(const Path* path) {
    if (path == nullptr) return "";
    std::string result = text(path->outer);
    if (!result.empty()) result += '.';
    if (path->position == 0) {
        result += path->name;
    } else {
        result += std::to_string(path->position);
    }
    if (path->collected) result += ".member";
    return result;
}

}  // namespace plocal::model
