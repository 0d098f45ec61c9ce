#include "server/app/engine/tables.h"

#include "server/model/service.h"

namespace plocal::engine {

void read_tables() {
    model::personalize();
    model::personalize_runtime();
    model::personalize_events();
}

}  // namespace plocal::engine
