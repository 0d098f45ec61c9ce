#include "server/service/resources/describe.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "server/base/json.h"
#include "server/model/api_error.h"
#include "server/model/render.h"
#include "server/model/service.h"
#include "server/service/lifecycle/timeline_change.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/resources/life.h"
#include "server/service/resources/lookup.h"
#include "server/service/resources/page.h"
#include "server/service/resources/resource_view.h"

namespace plocal::resources {
namespace {

using base::Json;
using base::text_member;
using storage::Record;

constexpr std::size_t default_page_size = 100;

std::size_t page_size(const Json& input) {
    const auto given = input.find("maxResults");
    return given != input.end() && given->is_number() ? given->get<std::size_t>() : default_page_size;
}

/// Returns the input member by which a List filters by parent, or "".
std::string_view parent_member(Context& context, const Kind& kind) {
    for (const ReferenceMember& reference : kind.references) {
        std::string_view member = reference.is_parent ? reference.member : std::string_view();
        if (reference.is_child_of_parent) member = kind_named(parent_kind_of(reference.kind)).arn_member;
        if (!member.empty() && context.operation.input->member(member) != nullptr) return member;
    }
    return {};
}

/// Throws ApiError if the parent does not exist and the operation declares ResourceNotFoundException.
void require_parent(Context& context, const Kind& kind, const std::string& arn) {
    const auto& errors = context.operation.errors;
    if (std::ranges::find(errors, "ResourceNotFoundException") == errors.end()) return;
    resolve(context, kind_named(parent_kind_of(kind.name)), arn);
}

}  // namespace

std::string description(Context& context, const Kind& kind, const Record& record) {
    const auto complete_view = context.hooks.of(kind.name).complete_view;
    if (complete_view == nullptr) {
        const base::Instant now = context.readings.now_of(record.owner.account);
        return current_document(kind, record, now, context.settings.status_names);
    }
    Json value = value_of(context, record);
    complete_view(context, record, value);
    return model::render(*model::personalize().shape(kind.shape), value);
}

Output describe(Context& context, const Kind& kind, const Json& input) {
    const std::shared_ptr<const Record> found = find_shared_named(context, kind, input);
    const Record& record = *found;
    const base::Instant now = context.readings.now_of(record.owner.account);
    Rendered answer{R"({")"};
    answer.text.append(kind.name).append(R"(":)").append(description(context, kind, record)).append("}");
    if (!record.timeline.steps.empty() && lifecycle::counts_polls(record.timeline, now)) {
        Record polled = record;
        lifecycle::count_poll(polled.timeline, now);
        save_life(context.store, life_rules(context), polled, now);
    }
    return answer;
}

Output list(Context& context, const Kind& kind, const Json& input) {
    storage::Page page{.scope = context.scope, .kind = std::string(kind.name), .parent = {}, .after = {}};
    if (const std::string* const parent = text_member(input, parent_member(context, kind))) {
        require_parent(context, kind, *parent);
        page.parent = *parent;
    }
    const std::string query = query_identity(page);
    if (const std::string* const token = text_member(input, "nextToken")) page.after = read_token(*token, query);
    const std::size_t size = page_size(input);
    page.limit = size + 1;  // one more shows whether there is another page

    std::vector<Record> records = context.store.resources().list(page);
    const std::string member(kind.member_in_list());
    Json output = {{member, Json::array()}};
    if (records.size() > size) {
        records.resize(size);
        output["nextToken"] = make_token({records.back().created, records.back().place}, query);
    }
    for (const Record& record : records) output[member].push_back(value_of(context, record));
    return output;
}

Output list_all(std::string_view member, std::string_view query, Json all, const Json& input) {
    std::size_t first = 0;
    if (const std::string* const token = text_member(input, "nextToken")) {
        first = std::min(static_cast<std::size_t>(read_token(*token, query).place), all.size());
    }
    const std::size_t end = std::min(first + page_size(input), all.size());
    Json output = {{std::string(member), Json::array()}};
    for (std::size_t i = first; i < end; ++i) output[std::string(member)].push_back(std::move(all[i]));
    if (end < all.size()) {
        output["nextToken"] = make_token({base::Instant(), static_cast<std::int64_t>(end)}, query);
    }
    return output;
}

}  // namespace plocal::resources
