// Fits a value that people write to its shape: a resource of a fixture, the answer in a rule. Says what does not fit
// with JSON pointers, where `validate` has the service's words. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/base/problem.h"
#include "server/model/shape.h"

namespace plocal::model {

/// Adds all unknown names, timestamps of another form and values of a wrong type to `problems`, with pointers from
/// `value` on. Timestamps become milliseconds. A value that does not fit becomes null, so that the rest can still be
/// checked. Null always fits, and constraints are not checked.
void fit(const Shape& shape, base::Json& value, std::vector<base::Problem>& problems);

/// Returns the JSON pointer, "/tags/0/tagKey", of a path of the service, "tags.1.member.tagKey". The path must come
/// from `validate` and from this value.
base::Json::json_pointer pointer_of(const Shape& shape, const base::Json& value, std::string_view path);

}  // namespace plocal::model
