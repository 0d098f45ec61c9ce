#include "server/app/engine/input_check.h"

#include <vector>

#include "server/model/api_error.h"
#include "server/model/validate.h"

namespace plocal::engine {

void check_input(const protocol::Call& call) {
    const model::Shape& shape = *call.operation->input;
    if (const auto clash = model::find_type_clash(shape, call.input)) {
        throw model::ApiError("SerializationException", clash->text,
                              "the JSON type of " + clash->path + " is a wrong one", model::Evidence::seen);
    }
    const std::vector<model::Violation> violations = model::find_violations(shape, call.input);
    if (violations.empty()) return;
    throw model::ApiError("ValidationException", model::validation_message(violations),
                          "constraints of the model, first at " + violations.front().path, model::Evidence::seen);
}

}  // namespace plocal::engine
