#include "server/service/resources/tags.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/model/api_error.h"
#include "server/model/service.h"
#include "server/service/resources/lookup.h"

namespace plocal::resources {
namespace {

using base::Json;
using base::text_member;
using model::ApiError;
using model::Evidence;

constexpr std::size_t most_tags = 50;
constexpr std::string_view reserved_prefix = "aws:";

bool takes_tags(const Kind& kind) {
    const model::Shape* const shape = model::personalize().shape("Create" + base::with_capital(kind.name) + "Request");
    return shape != nullptr && shape->member("tags") != nullptr;
}

const Kind* kind_of(const std::string& text) {
    const std::optional<Arn> arn = parse_arn(text);
    if (!arn) return nullptr;
    const auto kind = std::ranges::find_if(kinds(), [&arn](const Kind& each) { return is_arn_of(each, *arn); });
    return kind == kinds().end() ? nullptr : &*kind;
}

/// Returns the input's ARN. Throws ApiError unless the resource exists, or is assumed to, and can have tags.
const std::string& tagged_arn(Context& context, const Json& input) {
    const std::string& arn = *text_member(input, "resourceArn");
    const Kind* const kind = kind_of(arn);
    if (kind == nullptr) throw arn_not_found(arn, "no kind of resource has such an ARN");
    const auto record = find_visible(context, *kind, arn);
    const bool is_assumed = !context.store.resources().find(arn) && context.store.resources().is_assumed(arn) &&
                            context.scope.admits(parse_arn(arn)->owner());
    if (!record && !is_assumed)
        throw not_found(*kind, arn, kind_message("no such ", *kind, " is visible to the caller"));
    if (!takes_tags(*kind)) {
        throw invalid_input("Tagging is not supported for the given resource: " + arn,
                            kind_message("resources of the kind ", *kind, " cannot have tags"), Evidence::documented);
    }
    if (record && status_of(context, *record).starts_with("DELETE")) {
        throw in_use(context, kind_message("The given ", *kind, " is in use: ", arn), "it is being deleted",
                     Evidence::documented);
    }
    return arn;
}

ApiError too_many_tags() {
    return {"TooManyTagsException", "You have exceeded the maximum number of tags you can apply to this resource.",
            "a resource has at most 50 tags", Evidence::documented};
}

}  // namespace

void put_tags(Context& context, const std::string& arn, const Json& input) {
    const auto given = input.find("tags");
    if (given == input.end() || !given->is_array()) return;
    if (given->size() > most_tags) throw too_many_tags();
    std::set<std::string> keys;
    std::vector<storage::Tag> tags;
    for (const Json& tag : *given) {
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
    if (context.store.tags().list(arn).size() > most_tags) throw too_many_tags();
}

Output tag_resource(Context& context, const Json& input) {
    put_tags(context, tagged_arn(context, input), input);
    return Json::object();
}

Output untag_resource(Context& context, const Json& input) {
    const std::string& arn = tagged_arn(context, input);
    const Json& keys = input.at("tagKeys");
    if (keys.size() > most_tags) {
        throw ApiError("TooManyTagKeysException",
                       "The request contains more tag keys than can be associated with a resource (50 tag keys per "
                       "resource).",
                       "a resource has at most 50 tags", Evidence::documented);
    }
    std::vector<std::string> texts;
    for (const Json& key : keys) {
        if (key.is_string()) texts.push_back(key.get<std::string>());
    }
    context.store.tags().remove(arn, texts);
    return Json::object();
}

Output list_tags(Context& context, const Json& input) {
    Json tags = Json::array();
    for (const storage::Tag& tag : context.store.tags().list(tagged_arn(context, input))) {
        tags.push_back({{"tagKey", tag.key}, {"tagValue", tag.value}});
    }
    return Json{{"tags", std::move(tags)}};
}

}  // namespace plocal::resources
