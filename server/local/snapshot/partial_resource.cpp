#include "server/local/snapshot/partial_resource.h"

#include <algorithm>
#include <utility>

#include "server/local/snapshot/absent_references.h"
#include "server/local/snapshot/row_lists.h"
#include "server/local/snapshot/shape_check.h"
#include "server/model/service.h"
#include "server/service/operations/registry.h"

namespace plocal::snapshot {
namespace {

using base::Json;
using base::Problem;

std::vector<storage::Tag> read_tags(const Json& json, std::vector<Problem>& problems) {
    const model::Shape& shape = *model::personalize().shape("Tags");
    Json tags = base::without_nulls(json);
    check_shape(shape, tags, problems);
    std::vector<storage::Tag> read;
    if (!problems.empty()) return read;
    for (const Json& tag : tags) read.push_back({tag.at("tagKey"), tag.at("tagValue")});
    return read;
}

/// The hidden member may be in `_local`, as in a snapshot, or beside the members that Describe shows.
void take_hidden(PartialResource& partial, Json& local) {
    if (!partial.kind.hidden) return;
    const auto& [member, shape_name] = *partial.kind.hidden;
    std::string pointer = "/_local/";
    std::optional<Json> hidden = take(local, member);
    if (!hidden) {
        pointer = "/";
        hidden = take(partial.members, member);
    }
    if (!hidden) return;
    std::vector<Problem> problems;
    check_shape(*model::personalize().shape(shape_name), *hidden, problems);
    partial.add_below(pointer + std::string(member), std::move(problems));
    partial.hidden = std::move(hidden);
}

}  // namespace

const std::string* PartialResource::text(std::string_view member) const {
    const auto found = members.find(member);
    return found == members.end() ? nullptr : found->get_ptr<const std::string*>();
}

void PartialResource::refuse(std::string_view member, std::string expected) {
    const std::string pointer = "/" + std::string(member);
    const auto found = members.find(member);
    if (const auto earlier = std::ranges::find(problems, pointer, &Problem::pointer); earlier != problems.end()) {
        if (found == members.end() || found->is_null()) return;
        problems.erase(earlier);
    }
    problems.push_back(
        {pointer, std::move(expected), found == members.end() ? "no such member" : base::excerpt(*found)});
}

void PartialResource::add_below(const std::string& pointer, std::vector<Problem> found) {
    for (Problem& problem : found) {
        problems.push_back({pointer + problem.pointer, std::move(problem.expected), std::move(problem.found)});
    }
}

std::optional<Json> take(Json& object, std::string_view name) {
    const auto found = object.is_object() ? object.find(name) : object.end();
    if (!object.is_object() || found == object.end()) return std::nullopt;
    Json value = std::move(*found);
    object.erase(found);
    return value;
}

void take_local(PartialResource& partial) {
    std::optional<Json> local = take(partial.members, "_local");
    Json no_local = Json::object();
    take_hidden(partial, local ? *local : no_local);
    if (!local) return;
    std::vector<Problem> problems;
    if (const auto tags = take(*local, "tags")) partial.tags = read_tags(*tags, problems);
    partial.add_below("/_local/tags", std::exchange(problems, {}));
    partial.absent = take(*local, absent_member);
    if (partial.kind.name == "dataset") {
        partial.rows_file = take(*local, "file");
        partial.rows = take(*local, "rows");
        partial.batches = take(*local, batches_member);
    }
    if (partial.kind.name == "datasetGroup") partial.revision = take(*local, revision_member);
    if (partial.kind.is_trained) partial.trained = take(*local, trained_member);
    if (partial.kind.has_status()) partial.timeline = take(*local, "timeline");
    const std::string_view due_member = operations::hooks().of(partial.kind.name).due.member;
    if (!due_member.empty()) partial.next_due = take(*local, due_member);
    if (partial.kind.has_status() && !partial.timeline) {
        partial.change = lifecycle::read_plan_change(*local, problems);
        partial.has_lifecycle = local->is_object() && !local->empty();
    } else if (!local->is_object() || !local->empty()) {
        problems.push_back(
            {"",
             partial.timeline ? "no lifecycle beside the timeline" : "no lifecycle, because this kind has no status",
             base::excerpt(*local)});
    }
    partial.add_below("/_local", std::move(problems));
}

}  // namespace plocal::snapshot
