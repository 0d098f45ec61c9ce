#include "server/app/engine/version.h"

namespace plocal::engine {

std::string version() {
    return PLOCAL_VERSION;
}

}  // namespace plocal::engine
