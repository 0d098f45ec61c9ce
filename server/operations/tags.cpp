#include "server/operations/tags.h"

#include <set>
#include <string_view>
#include <vector>

#include "server/model/api_error.h"
#include "server/operations/verbs.h"

namespace plocal::operations {
namespace {

using model::ApiError;
using model::Evidence;

constexpr std::size_t most_tags = 50;
constexpr std::string_view reserved_prefix = "aws:";

}  // namespace

void keep_tags(Context& context, const std::string& arn, const model::Json& input) {
    const auto given = input.find("tags");
    if (given == input.end() || !given->is_array()) return;
    if (given->size() > most_tags) {
        throw ApiError("TooManyTagsException",
                       "You have exceeded the maximum number of tags you can apply to this resource.",
                       "a resource has at most 50 tags", Evidence::documented);
    }
    std::set<std::string> keys;
    std::vector<storage::Tag> tags;
    for (const model::Json& tag : *given) {
        if (tag.is_null()) continue;
        const std::string& key = *text_member(tag, "tagKey");
        if (key.starts_with(reserved_prefix)) {
            throw ApiError("InvalidInputException", "Tag keys must not begin with aws:. Found: " + key,
                           "tag keys that begin with aws: are reserved", Evidence::documented);
        }
        if (!keys.insert(key).second) {
            throw ApiError("InvalidInputException", "Duplicate tag key: " + key, "each tag key may be given once",
                           Evidence::documented);
        }
        tags.push_back({key, *text_member(tag, "tagValue")});
    }
    context.store.tags().put(arn, tags);
}

}  // namespace plocal::operations
