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

const std::shared_ptr<const Resolved>* Sources::find_kept(resources::Context& context, const std::string& key) {
    const std::int64_t writes = context.store.resources().writes();
    const std::int64_t switches = context.store.switches();
    if (writes != writes_ || switches != switches_ || found_.size() > most_sources) {
        found_.clear();
        writes_ = writes;
        switches_ = switches;
    }
    const auto found = found_.find(key);
    return found == found_.end() ? nullptr : &found->second;
}

std::shared_ptr<const Resolved> Sources::keep(resources::Context& context, const std::string& key, Source source) {
    Group group(context, source.group_arn);
    const bool is_lasting = !source.may_change && !group.is_changing();
    auto resolved = std::make_shared<const Resolved>(Resolved{std::move(source), std::move(group)});
    if (is_lasting) found_.emplace(key, resolved);
    return resolved;
}

std::shared_ptr<const Resolved> Sources::find(resources::Context& context, const base::Json& input) {
    const std::string key = key_of_request(context, input);
    if (const auto* const kept = find_kept(context, key)) return *kept;
    return keep(context, key, find_source(context, input));
}

std::shared_ptr<const Resolved> Sources::find_trained(resources::Context& context, const std::string& arn,
                                                      const std::string& account) {
    const std::string key = "trained " + account + ' ' + arn;
    if (const auto* const kept = find_kept(context, key)) return *kept;
    const auto trained = context.store.resources().find(arn);
    Source source{.arn = arn, .account = account, .trained_arn = arn};
    if (trained) source = trained_source(context, *trained);
    return keep(context, key, std::move(source));
}

}  // namespace plocal::runtime
