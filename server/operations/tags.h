// Tags of a resource. On the thread that owns the store.
#pragma once

#include <string>

#include "server/model/json.h"
#include "server/operations/context.h"

namespace plocal::operations {

/// Keeps the `tags` of an input with a new resource; does nothing where there are none. Throws ApiError:
/// TooManyTagsException for more than 50, InvalidInputException for a key twice or one that is reserved.
/// https://docs.aws.amazon.com/personalize/latest/dg/tagging-resources.html
void keep_tags(Context& context, const std::string& arn, const model::Json& input);

}  // namespace plocal::operations
