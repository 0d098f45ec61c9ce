#include "server/service/runtime/models.h"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "server/service/data/row_pages.h"
#include "server/service/runtime/known_interactions.h"
#include "server/service/runtime/row_walk.h"

namespace plocal::runtime {
namespace {

using data::Columns;
using recommender::Method;

/// So many operations of a training take about a millisecond.
constexpr std::size_t training_work = 50'000;

std::string text_of(const data::Cell& cell) {
    const auto* const text = std::get_if<std::string>(&cell);
    return text == nullptr ? std::string() : *text;
}

std::optional<std::int64_t> whole_of(const data::Cell& cell) {
    if (const auto* const whole = std::get_if<std::int64_t>(&cell)) return *whole;
    if (const auto* const number = std::get_if<double>(&cell)) return static_cast<std::int64_t>(*number);
    return std::nullopt;
}

std::optional<double> number_of(const data::Cell& cell) {
    if (const auto* const whole = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole);
    const auto* const number = std::get_if<double>(&cell);
    return number == nullptr ? std::nullopt : std::optional(*number);
}

class ModelMaking : public Making {
public:
    ModelMaking(recommender::TrainingSettings settings, const data::Dataset* items, storage::RowView items_view,
                storage::RowView interactions_view)
        : is_categorical_(settings.recipe->method == Method::similar),
          trainer_(std::move(settings)),
          items_(std::move(items_view)),
          interactions_(std::move(interactions_view)) {
        if (items != nullptr) columns_ = items->columns;
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
        const auto take = [this](const recommender::Interaction& interaction) { trainer_.add(interaction); };
        interaction_page_.take([&](const auto& row) { known_.add(row, take); });
    }

    bool compute() override {
        known_.finish([this](const recommender::Interaction& interaction) { trainer_.add(interaction); });
        if (trainer_.step(training_work)) return true;
        model_ = trainer_.take();
        return false;
    }

    bool is_training() const override { return true; }
    std::shared_ptr<const void> take() override { return std::move(model_); }
    std::size_t memory_bytes() const override { return model_->memory_bytes(); }

private:
    void add_item(std::string_view id, std::string_view cells) {
        std::vector<std::string> categories;
        if (is_categorical_ && columns_) {
            data::fill(*columns_, id, cells, row_);
            for (std::size_t i = 0; i < columns_->size(); ++i) {
                if ((*columns_)[i].is_categorical) add_categories((*columns_)[i].name, text_of(row_[i]), categories);
            }
        }
        trainer_.add(recommender::Item{id, categories});
    }

    static void add_categories(const std::string& column, std::string_view values, std::vector<std::string>& out) {
        while (!values.empty()) {
            const std::string_view part = values.substr(0, values.find('|'));
            if (!part.empty()) out.push_back(column + '=' + std::string(part));
            values.remove_prefix(std::min(part.size() + 1, values.size()));
        }
    }

    bool has_items_ = true;
    bool is_categorical_;
    recommender::Trainer trainer_;
    RowWalk items_;
    InteractionWalk interactions_;
    RowPage item_page_;
    InteractionPage interaction_page_;
    std::optional<Columns> columns_;
    data::Row row_;
    KnownInteractions known_;
    std::shared_ptr<const recommender::Model> model_;
};

class ActionModelMaking : public Making {
public:
    ActionModelMaking(const data::Dataset* actions, storage::RowView actions_view, storage::RowView interactions_view)
        : actions_(std::move(actions_view)), interactions_(std::move(interactions_view)) {
        if (actions != nullptr) columns_ = actions->columns;
    }

    bool read(storage::Store& store) override {
        if (has_actions_) {
            has_actions_ = actions_.next(store, action_page_);
            return true;
        }
        return interactions_.next(store, interaction_page_);
    }

    void take_in() override {
        action_page_.take([this](auto id, auto cells) { add_action(id, cells); });
        interaction_page_.take([this](const storage::InteractionRow& row) {
            trainer_.add(recommender::ActionInteraction{row.item_id, row.event_type.value_or(""), row.time_s});
        });
    }

    bool compute() override {
        model_ = trainer_.train();
        return false;
    }

    bool is_training() const override { return true; }
    std::shared_ptr<const void> take() override { return std::move(model_); }
    std::size_t memory_bytes() const override { return model_->memory_bytes(); }

private:
    data::Cell cell(std::string_view column) const {
        const auto index = columns_->find(column);
        return index ? row_[*index] : data::Cell();
    }

    void add_action(std::string_view id, std::string_view cells) {
        if (!columns_) return;
        data::fill(*columns_, id, cells, row_);
        trainer_.add(recommender::Action{.id = id,
                                         .value = number_of(cell("VALUE")),
                                         .expires_at = whole_of(cell("ACTION_EXPIRATION_TIMESTAMP")),
                                         .repeat_days = whole_of(cell("REPEAT_FREQUENCY"))});
    }

    bool has_actions_ = true;
    recommender::ActionTrainer trainer_;
    RowWalk actions_;
    InteractionWalk interactions_;
    RowPage action_page_;
    InteractionPage interaction_page_;
    std::optional<Columns> columns_;
    data::Row row_;
    std::shared_ptr<const recommender::ActionModel> model_;
};

}  // namespace

std::string settings_key(std::string_view what, const recommender::TrainingSettings& settings) {
    std::string key = std::string(what) + ' ' + std::string(settings.recipe->name) + ' ' + settings.event_type + ' ';
    if (settings.event_value_threshold) key += base::Json(*settings.event_value_threshold).dump();
    return key;
}

Keyed<recommender::Model> find_model(Kept& kept, resources::Context& context, const Group& group,
                                     const storage::Training& training, const recommender::TrainingSettings& settings) {
    const data::Dataset* const items = group.find("ITEMS");
    storage::RowView items_view = Group::view(context, items, training);
    storage::RowView interactions = Group::view(context, group.find("INTERACTIONS"), training);
    std::string key = settings_key("model", settings);
    key += ' ' + key_of(items_view, context.store) + ' ' + key_of(interactions, context.store);
    auto model = kept.find<recommender::Model>(key, [&] {
        return std::make_unique<ModelMaking>(settings, items, std::move(items_view), std::move(interactions));
    });
    return {std::move(key), std::move(model)};
}

Keyed<recommender::ActionModel> find_action_model(Kept& kept, resources::Context& context, const Group& group,
                                                  const storage::Training& training) {
    const data::Dataset* const actions = group.find("ACTIONS");
    storage::RowView actions_view = Group::view(context, actions, training);
    storage::RowView interactions = Group::view(context, group.find("ACTION_INTERACTIONS"), training);
    std::string key = "actions " + key_of(actions_view, context.store) + ' ' + key_of(interactions, context.store);
    auto model = kept.find<recommender::ActionModel>(key, [&] {
        return std::make_unique<ActionModelMaking>(actions, std::move(actions_view), std::move(interactions));
    });
    return {std::move(key), std::move(model)};
}

}  // namespace plocal::runtime
