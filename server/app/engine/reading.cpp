#include "server/app/engine/reading.h"

#include "server/model/input_check.h"

namespace plocal::engine {

Reading read(const protocol::Request& request) {
    Reading reading{.recognised = protocol::recognise(request), .call = {}, .refusal = {}, .bad_input = {}};
    try {
        reading.call = reading.recognised.read(request);
    } catch (...) {
        reading.refusal = std::current_exception();
        return reading;
    }
    try {
        model::check_input(*reading.call->operation, reading.call->input);
    } catch (...) {
        reading.bad_input = std::current_exception();
    }
    return reading;
}

}  // namespace plocal::engine
