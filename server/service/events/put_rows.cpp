#include "server/service/events/put_rows.h"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/service/data/refusals.h"
#include "server/service/data/row_batches.h"
#include "server/service/events/row_builder.h"
#include "server/service/events/targets.h"

namespace plocal::events {
namespace {

using base::Json;
using model::Evidence;
using resources::Context;
using resources::Output;

/// What differs between the operations.
struct RowForm {
    const char* list;
    const char* id;
    std::string_view id_column;
    std::string_view dataset_type;
};

constexpr RowForm items{"items", "itemId", "ITEM_ID", "ITEMS"};
constexpr RowForm users{"users", "userId", "USER_ID", "USERS"};
constexpr RowForm actions{"actions", "actionId", "ACTION_ID", "ACTIONS"};

Output put_records(Context& context, const Json& input, const RowForm& form) {
    const Target target = target_named(context, input, form.dataset_type);
    const Json& records = input.at(form.list);
    std::vector<data::Row> rows;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const std::string place = data::record_place(form.list, i);
        const Json properties = read_properties(records[i], place);
        if (!target.dataset) {
            context.outcomes.push_back({false, target.why, Evidence::inferred});
            continue;
        }
        RowBuilder builder(target.dataset->columns, place);
        builder.take_properties(properties);
        builder.set(form.id_column, records[i].at(form.id));
        rows.push_back(builder.finish());
        context.outcomes.push_back({true, builder.ignored(), Evidence::inferred});
    }
    if (rows.empty()) return {};
    const std::string& account = target.dataset->owner.account;
    data::put_rows(context.store, *target.dataset, rows, context.readings.now_of(account),
                   context.plans.data_delays(account).rows.value_or(std::chrono::milliseconds(0)));
    return {};
}

}  // namespace

Output put_items(Context& context, const Json& input) {
    return put_records(context, input, items);
}

Output put_users(Context& context, const Json& input) {
    return put_records(context, input, users);
}

Output put_actions(Context& context, const Json& input) {
    return put_records(context, input, actions);
}

}  // namespace plocal::events
