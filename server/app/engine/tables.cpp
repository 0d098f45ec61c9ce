#include "server/app/engine/tables.h"

#include "server/model/service.h"
#include "server/service/resources/catalogue.h"

namespace plocal::engine {

void read_tables() {
    model::personalize();
    model::personalize_runtime();
    model::personalize_events();
    static_cast<void>(resources::is_in_catalogue(""));
}

}  // namespace plocal::engine
