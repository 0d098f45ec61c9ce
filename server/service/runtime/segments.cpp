#include "server/service/runtime/segments.h"

#include <algorithm>
#include <numeric>

#include "server/model/languages/attribute_query.h"
#include "server/service/runtime/filter_data.h"
#include "server/service/runtime/filter_sets.h"
#include "server/service/runtime/passing_users.h"
#include "server/service/runtime/pool.h"
#include "server/service/runtime/refusals.h"

namespace plocal::runtime {
namespace {

using base::Json;
using languages::FilterIds;
using recommender::ItemSet;
using recommender::Recipe;

constexpr std::string_view item_affinity = "aws-item-affinity";
constexpr std::string_view attribute_affinity = "aws-item-attribute-affinity";

/// The recipe of the source. One that is unknown is the one whose lines are like this.
const Recipe& segment_recipe(const Source& source, const Json& input) {
    const Recipe* recipe = source.settings.recipe;
    if (recipe == nullptr) {
        recipe = recommender::find_recipe(input.contains("itemAttributes") ? attribute_affinity : item_affinity);
    }
    if (recipe->method != recommender::Method::segment) throw refusals::other_operation(recipe->name);
    return *recipe;
}

bool is_empty(const recommender::SegmentModel& model) {
    return model.items.size() == 0 && model.users.size() == 0;
}

bool passes_all(resources::Context& context, const Group& group, const RequestFilter& filter) {
    const FilterData data(context, group, {}, {});
    return passes_made_up(languages::PreparedFilter(filter.bound, data), data);
}

}  // namespace

Segment Segment::of_line(resources::Context& context, Memory& memory, const BatchSettings& settings, const Json& line) {
    memory.kept.begin_request();
    const Declared none;
    const auto resolved = memory.sources.find_trained(context, settings.solution_version, settings.account);
    const auto& [source, group] = *resolved;
    const Json input = input_of_line(settings, source.settings.recipe, line);
    const Recipe& recipe = segment_recipe(source, input);
    const char* const member = recipe.name == attribute_affinity ? "itemAttributes" : "itemId";
    Segment segment;
    segment.count_ = settings.count;
    segment.query_ = id_in(input, member);
    if (segment.query_.empty()) throw refusals::missing_id(member, "solution version");
    const auto filter = find_filter(context, memory.filters, source, {FilterIds::users}, input);
    const Request request{.context = context, .memory = memory, .input = input, .declared = none, .batch_of = resolved};
    recommender::TrainingSettings known = source.settings;
    known.recipe = &recipe;
    Keyed<SegmentRows> rows;
    if (const auto training = known_rows(request, *resolved)) {
        rows = find_segment_rows(memory.kept, context, group, *training, known);
    }
    if (rows.value == nullptr || (is_empty(*rows.value->model) && !group.has_rows(context.store))) {
        const bool passes = !filter || passes_all(context, group, *filter);
        if (passes) segment.make_up({context.settings.plan.seed, source.account, source.arn, segment.query_});
        return segment;
    }
    segment.rows_ = rows.value;
    segment.read_query(recipe.name == attribute_affinity, group);
    if (filter) segment.passing_ = find_passing_users(memory.kept, context, group, rows, filter->bound);
    return segment;
}

void Segment::make_up(const recommender::MadeUpKey& key) {
    made_up_ = recommender::made_up_users(key).ids;
}

void Segment::read_query(bool is_of_attributes, const Group& group) {
    if (!is_of_attributes) {
        item_ = rows_->model->items.find(query_);
        if (!item_) throw refusals::unknown_item(query_);
        return;
    }
    const data::Dataset* const items = group.find("ITEMS");
    for (languages::AttributeCondition& condition : languages::parse_attribute_query(query_)) {
        const auto column = items == nullptr ? std::nullopt : items->columns.find(condition.column);
        if (!column) throw refusals::unknown_attribute(condition.column);
        attributes_.emplace_back(*column, languages::FilterLiterals({std::move(condition.value)}));
    }
}

ItemSet Segment::items_with_attributes() const {
    ItemSet items(rows_->items.size());
    bool has_any = false;
    for (std::uint32_t item = 0; item < rows_->items.size(); ++item) {
        const bool has_all = std::ranges::all_of(attributes_, [&](const auto& attribute) {
            return attribute.second.contains(filter_cell_of(rows_->items[item], attribute.first));
        });
        if (has_all) items.insert(item);
        has_any |= has_all;
    }
    if (!has_any) throw refusals::no_such_items(query_);
    return items;
}

std::vector<std::uint32_t> Segment::users() const {
    if (rows_ == nullptr) {
        std::vector<std::uint32_t> users(std::min(count_, made_up_.size()));
        std::iota(users.begin(), users.end(), 0U);
        return users;
    }
    const auto affinities = item_ ? recommender::item_affinities(*rows_->model, *item_)
                                  : recommender::attribute_affinities(*rows_->model, items_with_attributes());
    return recommender::best_users(affinities, passing_.get(), count_);
}

}  // namespace plocal::runtime
