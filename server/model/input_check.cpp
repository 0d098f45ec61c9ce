#include "server/model/input_check.h"

#include <vector>

#include "server/model/api_error.h"
#include "server/model/validate.h"

namespace plocal::model {

void check_input(const Operation& operation, const base::Json& input) {
    if (const auto clash = find_type_clash(*operation.input, input)) {
        throw ApiError("SerializationException", clash->text, "the JSON type of " + clash->path + " is a wrong one",
                       Evidence::seen);
    }
    const std::vector<Violation> violations = find_violations(*operation.input, input);
    if (violations.empty()) return;
    throw ApiError("ValidationException", validation_message(violations),
                   "constraints of the model, first at " + violations.front().path, Evidence::seen);
}

}  // namespace plocal::model
