// Checks a value against a shape in the service's two steps: first types, then constraints. Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/base/json.h"
#include "server/model/shape.h"

namespace plocal::model {

/// A value of the wrong JSON type.
struct TypeClash {
    std::string path;  // "jobInput.s3DataSource.path"; empty for the value itself
    std::string text;  // the service's message: "NUMBER_VALUE cannot be converted to String"
};

/// Returns the first clash in the value's own order, or nothing. Ignores members that the shape does not have. Null
/// counts as absent. The messages were seen at sibling services.
std::optional<TypeClash> find_type_clash(const Shape& shape, const base::Json& value);

/// One violated constraint, in AWS's words.
struct Violation {
    std::string path;
    std::string value;       // as the message shows it: 'text' in quotes, or null
    std::string constraint;  // "Member must have length less than or equal to 63"
};

/// Returns every violation, in the order of the shape's members; within a member pattern, then length or range, then
/// enum. The value must have no type clash.
std::vector<Violation> find_violations(const Shape& shape, const base::Json& value);

/// Returns "2 validation errors detected: Value ... at '...' failed to satisfy constraint: ...; Value ...".
std::string validation_message(const std::vector<Violation>& violations);

}  // namespace plocal::model
