// Builds inputs that are invalid in exactly one way: one for each constraint and each type of a shape and of the shapes
// inside it. Also builds inputs that are only just valid. Pure.
#pragma once

#include <string>
#include <vector>

#include "server/base/json.h"
#include "server/model/shape.h"

namespace plocal::support {

struct Breach {
    std::string name;  // what is wrong and where, for failure messages
    base::Json input;
    std::string path;                      // the path that the service reports
    std::vector<std::string> constraints;  // the messages, in order: two if one value breaks two; one for a wrong type
};

/// Full inputs with one broken constraint: required, pattern, length, range, size or enum.
std::vector<Breach> broken_constraints(const model::Shape& shape);

/// Full inputs that are valid in one unusual way: a value at its bound, an optional member that is null, or an unknown
/// member.
std::vector<Breach> allowed_inputs(const model::Shape& shape);

/// Full inputs with one value of a JSON type that the shape does not accept.
std::vector<Breach> broken_types(const model::Shape& shape);

}  // namespace plocal::support
