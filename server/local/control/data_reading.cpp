#include "server/local/control/data_reading.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "server/local/control/control_error.h"
#include "server/local/control/named_dataset.h"
#include "server/local/control/parameters.h"
#include "server/local/control/row_form.h"
#include "server/local/control/steps.h"
#include "server/service/data/row_pages.h"
#include "server/service/data/row_writer.h"
#include "storage/row_set.h"

namespace plocal::control {
namespace {

using base::Json;
using data::RowFormat;
using world::World;

constexpr std::string_view next_header = "x-personalize-local-next";
constexpr std::size_t most_rows_of_a_page = 10'000;
constexpr std::size_t rows_at_once = 200;  // that one step reads: a hold of the gate is short

/// Which parameters narrow the rows of a dataset.
std::vector<std::string> narrowing_parameters(const data::Columns& columns) {
    if (!columns.are_interactions()) return {"id"};
    return {"userId", columns.dataset_type() == "INTERACTIONS" ? "itemId" : "actionId"};
}

data::PageRequest page_request(const ControlCall& call, const data::Columns& columns) {
    const std::vector<std::string> narrowing = narrowing_parameters(columns);
    for (const char* const name : {"id", "userId", "itemId", "actionId"}) {
        if (!call.parameter(name) || std::ranges::find(narrowing, name) != narrowing.end()) continue;
        throw ControlError(400, "rows of " + columns.dataset_type() + " are narrowed by " + narrowing.front() +
                                    (narrowing.size() > 1 ? " and " + narrowing.back() : "") + ", not by " + name);
    }
    data::PageRequest request{
        .id = call.parameter("id"), .user = call.parameter("userId"), .after = call.parameter("after").value_or("")};
    if (columns.are_interactions()) request.item = call.parameter(narrowing.back());
    if (!data::is_position(columns, request.after)) refuse_value("after", "the `next` of a page", request.after);
    request.limit = page_limit(call, request.limit, most_rows_of_a_page);
    return request;
}

/// A page of rows that is being written. It starts over where the dataset gets other rows from a load or a reset
/// meanwhile: a page is of one state.
class PageWriting {
public:
    PageWriting(World& world, data::Dataset dataset, data::PageRequest request, RowFormat format)
        : world_(world), dataset_(std::move(dataset)), request_(std::move(request)), format_(format) {
        begin();
    }

    /// Writes some rows. Returns false if the page is whole.
    bool step() {
        if (set_of_rows() != set_) begin();
        part_.limit = std::min(rows_at_once, request_.limit - count_);
        next_ = data::read_page(world_.store(), view_, dataset_.columns, part_, [this](const data::Row& row) {
            writer_->add(row, text_);
            ++count_;
        });
        part_.after = next_;
        if (!next_.empty() && count_ < request_.limit) return true;
        writer_->end(next_, text_);
        return false;
    }

    TextAnswer take() {
        TextAnswer answer{std::move(text_), media_type(format_), {}};
        if (format_ != RowFormat::json && !next_.empty()) answer.headers.push_back({next_header, next_});
        return answer;
    }

private:
    std::optional<std::int64_t> set_of_rows() {
        const auto set = world_.store().row_sets().find(dataset_.owner.arn);
        return set ? std::optional(set->id) : std::nullopt;
    }

    void begin() {
        storage::Store& store = world_.store();
        set_ = set_of_rows();
        hold_ = store.hold_rows();
        view_ = data::view_of(store, dataset_.owner, store.row_sets().revision(dataset_.owner.dataset_group));
        part_ = request_;
        count_ = 0;
        text_.clear();
        writer_.emplace(format_, dataset_.columns);
        writer_->begin(text_);
    }

    World& world_;
    const data::Dataset dataset_;
    const data::PageRequest request_;
    RowFormat format_;
    std::optional<std::int64_t> set_;
    std::shared_ptr<const void> hold_;  // the rows of the view stay
    storage::RowView view_;
    data::PageRequest part_;  // what the next step reads
    std::size_t count_ = 0;
    std::string next_;
    std::optional<data::RowWriter> writer_;
    std::string text_;
};

}  // namespace

LongCall get_data(World& world, const ControlCall& call) {
    const RowFormat format = format_of_answer(call.accept);
    data::Dataset dataset = named_dataset(world, call);
    data::PageRequest request = page_request(call, dataset.columns);
    return in_steps(std::make_shared<PageWriting>(world, std::move(dataset), std::move(request), format),
                    world.settings().due.slice_time, "the server stops; the page has not been written to its end");
}

Json row_counts(World& world, const std::string& account) {
    auto counts = world.store().visible_rows().counts(account);
    return {{"items", counts["ITEMS"]},
            {"users", counts["USERS"]},
            {"actions", counts["ACTIONS"]},
            {"interactions", counts["INTERACTIONS"]},
            {"actionInteractions", counts["ACTION_INTERACTIONS"]}};
}

}  // namespace plocal::control
