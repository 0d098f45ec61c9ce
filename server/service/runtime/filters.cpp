#include "server/service/runtime/filters.h"

#include <algorithm>
#include <utility>

#include "server/base/json.h"
#include "server/model/languages/filter/names.h"
#include "server/model/languages/filter/parse.h"
#include "server/model/languages/filter/values.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/resources/lookup.h"
#include "server/service/runtime/refusals.h"

namespace plocal::runtime {
namespace {

using base::Json;
using base::text_member;
using languages::BoundFilter;
using resources::Context;

/// A group has at most some tens of filters. More than so many expressions are those of a test that makes them up.
constexpr std::size_t most_expressions = 1000;

languages::FilterValues values_of(const Json& holder) {
    languages::FilterValues values;
    const auto given = holder.find("filterValues");
    if (given == holder.end() || !given->is_object()) return values;
    for (const auto& [name, value] : given->items()) {
        if (value.is_string()) values.emplace(name, value.get<std::string>());
    }
    return values;
}

storage::Record find_active_filter(Context& context, const std::string& arn) {
    std::optional<storage::Record> record = resources::find_visible(context, resources::kind_named("filter"), arn);
    if (!record) throw refusals::filter_not_found(arn);
    const std::string_view status = resources::status_of(context, *record);
    if (status != lifecycle::active) throw refusals::filter_not_active(arn, status);
    return *std::move(record);
}

std::string key_of_filter(const Context& context, const std::string& arn, const Json& holder) {
    const std::string caller = context.scope.account.value_or("*") + ' ' + context.scope.region.value_or("*");
    const auto values = holder.find("filterValues");
    return caller + ' ' + arn + (values == holder.end() ? std::string() : ' ' + base::json_text(*values));
}

std::shared_ptr<const BoundFilter> bound_filter(KnownFilters& known, const storage::Record& record,
                                                const Json& holder) {
    const Json members = base::parse_json(record.document);
    const std::string* const text = text_member(members, "filterExpression");
    if (text == nullptr) return std::make_shared<const BoundFilter>();
    return std::make_shared<const BoundFilter>(languages::bind_filter(*known.parse(*text), values_of(holder)));
}

void check_use(const BoundFilter& filter, const std::string& arn, const FilterUse& use) {
    if (!filter.parts.empty() && filter.ids != use.ids) {
        throw refusals::filter_of_other_ids(arn, languages::filter_ids_name(use.ids));
    }
    const bool reads_item =
        std::ranges::any_of(filter.parts, [](const languages::BoundPart& part) { return part.reads.current_item; });
    if (reads_item && !use.has_item) throw refusals::filter_needs_item(arn);
}

}  // namespace

const KnownFilters::Known* KnownFilters::find(Context& context, const std::string& key) {
    const std::int64_t writes = context.store.resources().writes();
    const std::int64_t switches = context.store.switches();
    if (writes != writes_ || switches != switches_) known_.clear();
    writes_ = writes;
    switches_ = switches;
    const auto found = known_.find(key);
    return found == known_.end() ? nullptr : &found->second;
}

void KnownFilters::keep(const std::string& key, Known known) {
    if (known_.size() >= most_expressions) known_.clear();
    known_.insert_or_assign(key, std::move(known));
}

std::shared_ptr<const languages::FilterExpression> KnownFilters::parse(const std::string& text) {
    const auto found = parsed_.find(text);
    if (found != parsed_.end()) return found->second;
    if (parsed_.size() == most_expressions) parsed_.clear();
    auto expression = std::make_shared<const languages::FilterExpression>(languages::parse_filter_expression(text));
    return parsed_.emplace(text, std::move(expression)).first->second;
}

std::optional<RequestFilter> find_filter(Context& context, KnownFilters& known, const Source& source,
                                         const FilterUse& use, const Json& holder) {
    const std::string* const arn = text_member(holder, "filterArn");
    if (arn == nullptr) return std::nullopt;
    const auto check_group = [&](const std::string& group) {
        if (!source.group_arn.empty() && !group.empty() && group != source.group_arn) {
            throw refusals::filter_of_other_group(*arn);
        }
    };
    const std::string key = key_of_filter(context, *arn, holder);
    if (const KnownFilters::Known* const found = known.find(context, key)) {
        check_group(found->group);
        check_use(*found->bound, *arn, use);
        return RequestFilter{*arn, found->bound};
    }
    const storage::Record record = find_active_filter(context, *arn);
    check_group(record.parent);
    auto bound = bound_filter(known, record, holder);
    check_use(*bound, *arn, use);
    if (!resources::may_change(context, record)) known.keep(key, {record.parent, bound});
    return RequestFilter{*arn, std::move(bound)};
}

}  // namespace plocal::runtime
