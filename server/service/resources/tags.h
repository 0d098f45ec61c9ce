// Tags of a resource. On the thread that owns the store; every call may throw SqlError, what writes needs a
// transaction. https://docs.aws.amazon.com/personalize/latest/dg/tagging-resources.html
#pragma once

#include <string>

#include "server/base/json.h"
#include "server/service/resources/context.h"

namespace plocal::resources {

/// Keeps the `tags` of an input with a new resource; does nothing where there are none. Throws ApiError:
/// TooManyTagsException for more than 50, InvalidInputException for a key twice or one that is reserved.
void keep_tags(Context& context, const std::string& arn, const base::Json& input);

/// Adds tags to a resource that is there; a key that it has gets the new value. Throws ApiError as `keep_tags`, and
/// where there is no such resource, or it is of a kind that takes no tags.
Output tag_resource(Context& context, const base::Json& input);

/// Takes tags away; keys that the resource does not have are passed over. Throws ApiError: as above, and
/// TooManyTagKeysException for more than 50 keys.
Output untag_resource(Context& context, const base::Json& input);

/// All tags of a resource, in order of key. Throws ApiError as above.
Output list_tags(Context& context, const base::Json& input);

}  // namespace plocal::resources
