// Inputs that are wrong in exactly one way, for every way there is: each constraint and each type of a shape and of
// all that lies in it; and those that are just right. Pure.
#pragma once

#include <string>
#include <vector>

#include "server/base/json.h"
#include "server/model/shape.h"

namespace plocal::support {

struct Breach {
    std::string name;  // what is wrong and where, for people
    base::Json input;
    std::string path;                      // where the service sees it
    std::vector<std::string> constraints;  // its words, in order: two where one value breaks two; one for a wrong type
};

/// Full inputs with one constraint broken: required, pattern, length, range, size, enum.
std::vector<Breach> broken_constraints(const model::Shape& shape);

/// Full inputs that are right in one unusual way: a value at its bound, an optional member that is null, a member that
/// nobody knows.
std::vector<Breach> allowed_inputs(const model::Shape& shape);

/// Full inputs with one value of a JSON type that the shape does not take.
std::vector<Breach> broken_types(const model::Shape& shape);

}  // namespace plocal::support
