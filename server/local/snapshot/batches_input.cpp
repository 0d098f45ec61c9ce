#include "server/local/snapshot/batches_input.h"

#include <optional>
#include <utility>

#include "server/local/snapshot/timeline_json.h"

namespace plocal::snapshot {
namespace {

using base::Json;
using base::Problem;

constexpr std::string_view revision_form = "a whole number from 1 on";

std::optional<std::int64_t> given_revision(const Json& json) {
    if (!json.is_number_integer() || json < 1) return std::nullopt;
    return json.get<std::int64_t>();
}

/// Reads one member of a batch. Returns what was expected where the value is wrong; empty where it is good.
std::string_view read_batch_member(RowsInput& input, std::string_view name, const Json& value, base::Instant now) {
    storage::ShownBatch& batch = *input.batch;
    const auto* const text = value.get_ptr<const std::string*>();
    if (name == revision_member) {
        batch.revision = given_revision(value).value_or(0);
        return batch.revision > 0 ? "" : revision_form;
    }
    if (name == "until") {
        batch.until = given_revision(value);
        return batch.until ? "" : revision_form;
    }
    if (name == "by") {
        const auto origin = text == nullptr ? std::nullopt : storage::origin_named(*text);
        batch.origin = origin.value_or(batch.origin);
        return origin ? "" : "bulk, put or event";
    }
    if (name == "at") {
        const auto at = text == nullptr ? std::nullopt : parse_moment(*text, now);
        batch.at = at.value_or(now);
        return at ? "" : relative_moment_form;
    }
    input.rows = value;
    return value.is_array() ? "" : "a list of rows";
}

}  // namespace

std::vector<RowsInput> read_batches(const Location& place, const std::string& dataset, const Json& list,
                                    base::Instant now, std::vector<Problem>& problems) {
    static const std::vector<std::string> known = {"revision", "until", "by", "at", "rows"};
    std::vector<RowsInput> inputs;
    if (!list.is_array()) {
        problems.push_back({"", "a list of batches", base::excerpt(list)});
        return inputs;
    }
    for (std::size_t i = 0; i < list.size(); ++i) {
        RowsInput input{.place = place.below(i).below(rows_member), .dataset = dataset, .file = {}, .rows = {}};
        input.batch = storage::ShownBatch{.at = now};
        std::vector<Problem> found;
        base::read_members(list[i], known, "is none of a batch", found, [&](std::string_view name, const Json& value) {
            return read_batch_member(input, name, value, now);
        });
        const bool is_whole = list[i].is_object() && list[i].contains("by") && list[i].contains("rows");
        if (found.empty() && (!is_whole || input.batch->revision == 0)) {
            found.push_back({"", "a batch with revision, by and rows", base::excerpt(list[i])});
        }
        if (found.empty() && input.batch->until && *input.batch->until <= input.batch->revision) {
            found.push_back({"/until", "a later revision", base::excerpt(list[i]["until"])});
        }
        if (found.empty()) inputs.push_back(std::move(input));
        for (Problem& problem : found) {
            problem.pointer.insert(0, "/" + std::to_string(i));
            problems.push_back(std::move(problem));
        }
    }
    return inputs;
}

std::int64_t read_revision(const Json& json, std::vector<Problem>& problems) {
    const auto revision = given_revision(json);
    if (!revision) problems.push_back({"", std::string(revision_form), base::excerpt(json)});
    return revision.value_or(0);
}

void begin_batch(const storage::ShownBatch& batch, base::Instant now, std::string& out) {
    out.append("{\"revision\":").append(std::to_string(batch.revision));
    if (batch.until) out.append(",\"until\":").append(std::to_string(*batch.until));
    out.append(",\"by\":\"").append(storage::name_of(batch.origin));
    out.append("\",\"at\":\"").append(format_moment(batch.at, now)).append("\",\"rows\":[");
}

}  // namespace plocal::snapshot
