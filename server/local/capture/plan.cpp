#include "server/local/capture/plan.h"

#include <utility>

#include "server/local/capture/kind_calls.h"
#include "server/service/resources/arn.h"
#include "server/service/resources/catalogue.h"

namespace plocal::capture {
namespace {

using base::Json;
using resources::Kind;
using Purpose = Call::Purpose;

constexpr int page_size = 100;  // the most that the service returns at once
constexpr const char* token_member = "nextToken";

std::string text_of(const Json& json, std::string_view member) {
    const std::string* const text = base::text_member(json, member);
    return text == nullptr ? "" : *text;
}

/// Returns the list in an output, or an empty one.
Json list_in(const Json& output, std::string_view member) {
    const auto found = output.is_object() ? output.find(member) : output.end();
    return output.is_object() && found != output.end() && found->is_array() ? *found : Json::array();
}

/// Returns what is missing without this call.
std::string missing_without(const Call& call) {
    switch (call.purpose) {
        case Purpose::list:
            return std::string(call.kind->words) + "s may be missing";
        case Purpose::describe:
            return "it is missing";
        case Purpose::list_hidden:
            return "its " + std::string(call.kind->hidden->member) + " are missing";
        case Purpose::list_tags:
            return "its tags are missing";
    }
    return "";
}

std::string failure_line(const Call& call, const std::string& why) {
    const std::string of = call.arn.empty() ? "" : " " + call.arn;
    return call.operation + of + ": " + why + "; " + missing_without(call);
}

}  // namespace

Plan::Plan(const std::string& group) : group_(group) {
    if (!group.empty()) find(resources::kind_named("datasetGroup"), group);
    for (const Kind& kind : resources::kinds()) {
        if (group.empty() && !list_operation(kind).empty()) add_list(kind, "", "");
    }
}

std::optional<Call> Plan::next() {
    if (has_begun_ && !has_ended_one_) return std::nullopt;
    std::deque<Call>& queue = lists_.empty() ? others_ : lists_;
    if (queue.empty()) return std::nullopt;
    Call call = std::move(queue.front());
    queue.pop_front();
    has_begun_ = true;
    return call;
}

void Plan::add_list(const Kind& kind, const std::string& parent_member, const std::string& parent) {
    Json input = {{"maxResults", page_size}};
    if (!parent.empty()) input[parent_member] = parent;
    lists_.push_back({Purpose::list, &kind, parent, list_operation(kind), std::move(input)});
}

/// Has a resource described, and in a narrowed reading what belongs to it listed. The group itself comes first: if it
/// does not exist, nothing belongs to it.
void Plan::find(const Kind& kind, const std::string& arn) {
    if (arn.empty() || resources::is_in_catalogue(arn) || !known_.insert(arn).second) return;
    ++found_;
    const std::string member(kind.arn_member);
    others_.push_back({Purpose::describe, &kind, arn, describe_operation(kind), {{member, arn}}});
    if (!group_.empty() && arn != group_) add_lists_of(kind, arn);
}

void Plan::add_lists_of(const Kind& parent, const std::string& arn) {
    for (const Kind& child : resources::kinds()) {
        if (resources::parent_kind_of(child.name) == parent.name) add_list(child, std::string(parent.arn_member), arn);
    }
}

void Plan::take(const Call& call, const Json& output) {
    has_ended_one_ = true;
    switch (call.purpose) {
        case Purpose::list:
            return take_page(call, output);
        case Purpose::describe:
            return take_resource(call, output);
        case Purpose::list_hidden: {
            Json& hidden = resources_[call.arn].hidden;
            for (const Json& each : list_in(output, call.kind->hidden->member)) hidden.push_back(each);
            return go_on(call, output);
        }
        case Purpose::list_tags:
            resources_[call.arn].tags = list_in(output, "tags");
    }
}

void Plan::take_page(const Call& call, const Json& output) {
    std::int64_t place = call.listed_before;
    for (const Json& summary : list_in(output, call.kind->member_in_list())) {
        const std::string arn = text_of(summary, call.kind->arn_member);
        Listing listing{.parent = call.arn, .place = place++};
        if (call.kind->hidden && summary.contains(call.kind->hidden->member)) {
            listing.hidden = summary[std::string(call.kind->hidden->member)];
        }
        listings_.try_emplace(arn, std::move(listing));
        find(*call.kind, arn);
    }
    Call listed = call;
    listed.listed_before = place;
    go_on(listed, output);
}

/// Asks for the page behind this one.
void Plan::go_on(const Call& call, const Json& output) {
    const std::string token = text_of(output, token_member);
    if (token.empty()) return;
    if (token == text_of(call.input, token_member)) {
        failures_.push_back(failure_line(call, "the answer repeats its nextToken"));
        return;
    }
    Call page = call;
    page.input[token_member] = token;
    (call.purpose == Purpose::list ? lists_ : others_).push_front(std::move(page));
}

void Plan::take_resource(const Call& call, const Json& output) {
    const Kind& kind = *call.kind;
    ++described_;
    if (call.arn == group_) add_lists_of(kind, call.arn);
    const auto found = output.is_object() ? output.find(kind.name) : output.end();
    if (!output.is_object() || found == output.end() || text_of(*found, kind.arn_member) != call.arn) {
        failures_.push_back(failure_line(call, "the answer does not describe it"));
        return;
    }
    FoundResource& resource = resources_[call.arn];
    resource.kind = &kind;
    resource.members = *found;
    const Json of_it = {{std::string(kind.arn_member), call.arn}};
    if (const std::string operation = hidden_list_operation(kind); !operation.empty()) {
        Json input = of_it;
        input["maxResults"] = page_size;
        resource.hidden = Json::array();
        others_.push_back({Purpose::list_hidden, &kind, call.arn, operation, std::move(input)});
    }
    if (has_tags(kind)) {
        others_.push_back({Purpose::list_tags, &kind, call.arn, "ListTagsForResource", {{"resourceArn", call.arn}}});
    }
    for (const resources::ReferenceMember& member : kind.references) {
        const std::string named = text_of(*found, member.member);
        const auto arn = resources::parse_arn(named);
        const Kind& named_kind = resources::kind_named(member.kind);
        if (arn && resources::is_arn_of(named_kind, *arn)) find(named_kind, named);
    }
}

void Plan::fail(const Call& call, const Failure& failure) {
    const bool is_first = !std::exchange(has_ended_one_, true);
    if (call.purpose == Purpose::describe) ++described_;
    if (failure.is_absence && call.arn != group_) {
        if (call.purpose == Purpose::describe) absent_.insert(call.arn);
        return;
    }
    failures_.push_back(failure_line(call, failure.text));
    const bool is_of_group = call.purpose == Purpose::describe && call.arn == group_;
    if (is_of_group && !failure.is_absence) add_lists_of(*call.kind, call.arn);
    if (!failure.is_of_all_calls) return;
    for (const std::deque<Call>* const queue : {&lists_, &others_}) {
        if (is_first) break;
        for (const Call& each : *queue) failures_.push_back(failure_line(each, "not called after that"));
    }
    lists_.clear();
    others_.clear();
}

std::map<std::string, FoundResource> Plan::take_resources() {
    for (auto& [arn, resource] : resources_) {
        const Listing& listing = listings_[arn];
        if (resource.hidden.is_null()) resource.hidden = listing.hidden;
        resource.listed_for = listing.parent;
        resource.place = listing.place;
        for (const resources::ReferenceMember& member : resource.kind->references) {
            const std::string named = text_of(resource.members, member.member);
            if (absent_.contains(named)) resource.absent.push_back(named);
        }
    }
    return std::move(resources_);
}

}  // namespace plocal::capture
