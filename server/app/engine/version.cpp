#include "server/app/engine/engine.h"

namespace plocal::engine {

std::string version() {
    return PLOCAL_VERSION;
}

}  // namespace plocal::engine
