// Trains a model from rows that come in any order: the order changes nothing. The training is cut into slices; one
// thread at a time calls a trainer, off the world.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/service/recommender/co_occurrence.h"
#include "server/service/recommender/id_table.h"
#include "server/service/recommender/lists.h"
#include "server/service/recommender/model.h"
#include "server/service/recommender/recipe_table.h"

namespace plocal::recommender {

struct TrainingSettings {
    const Recipe* recipe = nullptr;               // of items, from the table
    std::string event_type;                       // only events of this type count, if it is given
    std::optional<double> event_value_threshold;  // only events with at least this value count, if it is given
    std::chrono::seconds trend_interval = std::chrono::hours(2);
};

/// A row of the Interactions dataset. The texts must live until the call returns.
struct Interaction {
    std::string_view user;
    std::string_view item;
    std::string_view event_type;        // empty where it is null
    std::optional<double> event_value;  // nothing where it is null
    std::int64_t timestamp = 0;         // seconds since 1970
};

/// Returns whether a training takes an interaction into account.
bool counts(const TrainingSettings& settings, const Interaction& interaction);

/// A row of the Items dataset: its id and the parts of its categorical columns, which two items share if the texts are
/// equal ("GENRES=Drama").
struct Item {
    std::string_view id;
    std::span<const std::string> categories;
};

class Trainer {
public:
    explicit Trainer(TrainingSettings settings);

    /// Takes in a row, before the first step().
    void add(const Interaction& interaction);
    void add(const Item& item);

    /// Trains for about `work` simple operations; sorting is not cut, so a slice may take longer. Returns whether there
    /// is more to do.
    bool step(std::size_t work);

    /// The trained model, once, after step() has returned false.
    std::shared_ptr<const Model> take();

private:
    enum class Stage { name, sort, weigh, read_users, compare, done };

    struct Event {
        std::uint32_t user = 0;
        std::uint32_t item = 0;
        std::int64_t timestamp = 0;
    };

    bool needs_users() const;
    void name_ids();
    void name_categories();
    void sort_events();
    void weigh_items();
    std::vector<double> rises() const;
    Stage read_users(std::size_t work);
    void read_user(std::size_t from, std::size_t to);

    TrainingSettings settings_;
    Stage stage_ = Stage::name;
    IdInterner items_;
    IdInterner users_;
    IdInterner categories_;
    std::vector<Event> events_;                                            // sorted: the latest of each user and item
    std::vector<std::pair<std::uint32_t, std::uint32_t>> category_pairs_;  // item, part of a category
    std::vector<double> counts_;                                           // by item: events, or their rise
    std::vector<std::uint32_t> popularity_;                                // by item: distinct users
    std::size_t next_event_ = 0;                                           // of read_users
    std::vector<Event> latest_;                                            // of the current user
    Lists<std::uint32_t> baskets_;
    std::optional<CoOccurrence> co_occurrence_;
    std::shared_ptr<Model> model_;
};

}  // namespace plocal::recommender
