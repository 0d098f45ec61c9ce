// A value against a shape, in the two steps that the service takes: first types, then constraints. Pure.
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
    std::string text;  // the service's words: "NUMBER_VALUE cannot be converted to String"
};

/// The first clash in the value's own order, if any. Members that the shape does not name are passed over, null counts
/// as absent. Texts: seen at sibling services.
std::optional<TypeClash> find_type_clash(const Shape& shape, const base::Json& value);

/// One broken constraint, in AWS's words.
struct Violation {
    std::string path;
    std::string value;       // as the sentence shows it: 'text' in quotes, or null
    std::string constraint;  // "Member must have length less than or equal to 63"
};

/// Every violation, in the order of the shape's members; within a member pattern, then length or range, then enum.
/// The value must be free of type clashes. Throws nothing of its own.
std::vector<Violation> find_violations(const Shape& shape, const base::Json& value);

/// "2 validation errors detected: Value ... at '...' failed to satisfy constraint: ...; Value ...".
std::string validation_message(const std::vector<Violation>& violations);

}  // namespace plocal::model
