#include "server/service/runtime/sources.h"

#include <string_view>
#include <utility>

#include "storage/store.h"

namespace plocal::runtime {
namespace {

/// A program calls a few campaigns.
constexpr std::size_t most_sources = 1000;

std::string key_of_request(const resources::Context& context, const base::Json& input) {
    std::string key = context.scope.account.value_or("*") + ' ' + context.scope.region.value_or("*");
    for (const std::string_view member : {"campaignArn", "recommenderArn"}) {
        const std::string* const arn = base::text_member(input, member);
        key.append(1, ' ').append(arn == nullptr ? "-" : *arn);
    }
    return key;
}

}  // namespace

std::shared_ptr<const Resolved> Sources::find(resources::Context& context, const base::Json& input) {
    const std::int64_t writes = context.store.resources().writes();
    const std::int64_t switches = context.store.switches();
    if (writes != writes_ || switches != switches_ || found_.size() > most_sources) {
        found_.clear();
        writes_ = writes;
        switches_ = switches;
    }
    const std::string key = key_of_request(context, input);
    if (const auto found = found_.find(key); found != found_.end()) return found->second;
    Source source = find_source(context, input);
    Group group(context, source.group_arn);
    const bool is_lasting = !source.may_change && !group.is_changing();
    auto resolved = std::make_shared<const Resolved>(Resolved{std::move(source), std::move(group)});
    if (is_lasting) found_.emplace(key, resolved);
    return resolved;
}

}  // namespace plocal::runtime
