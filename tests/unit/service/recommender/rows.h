// Models of few rows, for tests of training and of answers.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/service/recommender/answer.h"
#include "server/service/recommender/trainer.h"

namespace plocal::recommender {

struct Row {
    std::string user;
    std::string item;
    std::int64_t timestamp = 0;
    std::string type = "View";
    std::optional<double> value{};
};

struct CatalogueItem {
    std::string id;
    std::vector<std::string> categories{};
};

inline std::shared_ptr<const Model> trained(const TrainingSettings& settings, const std::vector<Row>& rows,
                                            const std::vector<CatalogueItem>& items = {}, std::size_t slice = 1) {
    Trainer trainer(settings);
    for (const CatalogueItem& item : items) trainer.add(Item{item.id, item.categories});
    for (const Row& row : rows) {
        trainer.add(Interaction{row.user, row.item, row.type, row.value, row.timestamp});
    }
    while (trainer.step(slice)) continue;
    return trainer.take();
}

inline std::shared_ptr<const Model> trained(std::string_view recipe, const std::vector<Row>& rows,
                                            const std::vector<CatalogueItem>& items = {}) {
    TrainingSettings settings;
    settings.recipe = find_recipe(recipe);
    return trained(settings, rows, items);
}

inline ItemSet set_of(const Model& model, const std::vector<std::string>& ids) {
    ItemSet set(model.items.size());
    for (const std::string& id : ids) set.insert(model.items.find(id).value());
    return set;
}

/// The ids of an answer, best first.
inline std::vector<std::string> ids(const Model& model, const std::vector<Recommendation>& answer) {
    std::vector<std::string> result;
    for (const Recommendation& each : answer) result.emplace_back(model.items[each.item]);
    return result;
}

inline std::vector<std::string> recommended(const Model& model, const Query& query, std::size_t count = 25) {
    return ids(model, recommend(find_candidates(model, query), nullptr, count));
}

}  // namespace plocal::recommender
