#include "server/service/runtime/segment_models.h"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "server/service/data/row_pages.h"
#include "server/service/runtime/known_interactions.h"
#include "server/service/runtime/row_walk.h"

namespace plocal::runtime {
namespace {

using recommender::Interaction;

constexpr std::string_view recipe_of_attributes = "aws-item-attribute-affinity";

class SegmentMaking : public Making {
public:
    SegmentMaking(recommender::TrainingSettings settings, const data::Dataset* items, storage::RowView items_view,
                  storage::RowView interactions_view)
        : settings_(std::move(settings)), items_(std::move(items_view)), interactions_(std::move(interactions_view)) {
        if (items != nullptr && settings_.recipe->name == recipe_of_attributes) columns_ = items->columns;
    }

    bool read(storage::Store& store) override {
        if (has_items_) {
            has_items_ = items_.next(store, item_page_);
            return true;
        }
        return interactions_.next(store, interaction_page_);
    }

    void take_in() override {
        item_page_.take([this](auto id, auto cells) { add_item(id, cells); });
        interaction_page_.take(
            [this](const auto& row) { known_.add(row, [this](const Interaction& interaction) { add(interaction); }); });
    }

    bool compute() override {
        known_.finish([this](const Interaction& interaction) { add(interaction); });
        rows_->model = trainer_.train();
        rows_->items.resize(rows_->model->items.size());
        bytes_ = rows_->model->memory_bytes() + rows_->items.capacity() * sizeof(data::Row);
        for (auto& [id, row] : read_) {
            bytes_ += memory_of(row);
            rows_->items[*rows_->model->items.find(id)] = std::move(row);
        }
        read_ = {};
        return false;
    }

    bool is_training() const override { return true; }
    std::shared_ptr<const void> take() override { return std::move(rows_); }
    std::size_t memory_bytes() const override { return bytes_; }

private:
    void add_item(std::string_view id, std::string_view cells) {
        trainer_.add_item(id);
        if (columns_) data::fill(*columns_, id, cells, read_.emplace_back(id, data::Row()).second);
    }

    void add(const Interaction& interaction) {
        if (counts(settings_, interaction)) trainer_.add_interaction(interaction.user, interaction.item);
    }

    recommender::TrainingSettings settings_;
    bool has_items_ = true;
    recommender::SegmentTrainer trainer_;
    RowWalk items_;
    InteractionWalk interactions_;
    RowPage item_page_;
    InteractionPage interaction_page_;
    std::optional<data::Columns> columns_;
    KnownInteractions known_;
    std::vector<std::pair<std::string, data::Row>> read_;  // items
    std::shared_ptr<SegmentRows> rows_ = std::make_shared<SegmentRows>();
    std::size_t bytes_ = 0;
};

}  // namespace

Keyed<SegmentRows> find_segment_rows(Kept& kept, resources::Context& context, const Group& group,
                                     const storage::Training& training, const recommender::TrainingSettings& settings) {
    const data::Dataset* const items = group.find("ITEMS");
    storage::RowView items_view = Group::view(context, items, training);
    storage::RowView interactions = Group::view(context, group.find("INTERACTIONS"), training);
    std::string key = settings_key("segments", settings) + ' ' + key_of(items_view, context.store) + ' ' +
                      key_of(interactions, context.store);
    auto rows = kept.find<SegmentRows>(key, [&] {
        return std::make_unique<SegmentMaking>(settings, items, std::move(items_view), std::move(interactions));
    });
    return {std::move(key), std::move(rows)};
}

}  // namespace plocal::runtime
