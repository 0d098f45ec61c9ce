// The tags of resources. On the thread that owns the store; every call may throw SqlError, and all but `list_tags` need
// a transaction. https://docs.aws.amazon.com/personalize/latest/dg/tagging-resources.html
#pragma once

#include <string>

#include "server/base/json.h"
#include "server/service/resources/context.h"

namespace plocal::resources {

/// Adds the `tags` of an input to an ARN. Does nothing for an input without tags. Throws ApiError: TooManyTagsException
/// for more than 50 tags, InvalidInputException for a key given twice and for a reserved key.
void put_tags(Context& context, const std::string& arn, const base::Json& input);

/// Adds tags to an existing resource. An existing key gets the new value. Throws ApiError as `put_tags`, and if there
/// is no such resource, it cannot have tags or it is being deleted.
Output tag_resource(Context& context, const base::Json& input);

/// Removes tags. Ignores keys that the resource does not have. Throws ApiError for the resource as `tag_resource`, and
/// TooManyTagKeysException for more than 50 keys.
Output untag_resource(Context& context, const base::Json& input);

/// Returns all tags of a resource, in order of key. Throws ApiError for the resource as `tag_resource`.
Output list_tags(Context& context, const base::Json& input);

}  // namespace plocal::resources
