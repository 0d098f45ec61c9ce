#include "server/service/runtime/pool.h"

#include <utility>

#include "server/service/runtime/models.h"

namespace plocal::runtime {
namespace {

using recommender::Answers;
using recommender::Listed;
using recommender::Recipe;

recommender::MadeUpKey made_up_key(const Request& request, const Source& source) {
    const std::string_view user = id_in(request.input, "userId");
    return {.seed = request.context.settings.plan.seed,
            .account = source.account,
            .campaign = source.arn,
            .subject = user.empty() ? id_in(request.input, "itemId") : user};
}

Listed made_up(const Request& request, const Source& source, const Recipe& recipe) {
    const recommender::MadeUpKey key = made_up_key(request, source);
    if (recipe.answers != Answers::ranking) return recommender::made_up_items(key);
    return recommender::made_up_ranking(key, request.input.at("inputList").get<std::vector<std::string>>());
}

}  // namespace

std::optional<storage::Training> known_rows(const Request& request, const Resolved& resolved) {
    auto training = training_of(request.context, resolved.source, resolved.group, !request.is_question);
    const bool is_empty = !training || training->revision == 0;
    if (is_empty && !resolved.group.has_rows(request.context.store)) return std::nullopt;
    return training;
}

Pool::Pool(const Request& request, const Resolved& resolved, const MakeUp& make_up) {
    if (request.declared) {
        origin_ = Origin::declared;
        listed_ = recommender::declare(*request.declared);
        return;
    }
    training_ = known_rows(request, resolved);
    if (training_) return;
    origin_ = Origin::made_up;
    listed_ = make_up();
}

void Pool::make_up_without_rows(const Request& request, const Resolved& resolved, const MakeUp& make_up) {
    if (ids_->size() > 0 || resolved.group.has_rows(request.context.store)) return;
    *this = Pool();
    origin_ = Origin::made_up;
    listed_ = make_up();
}

Pool Pool::of_items(const Request& request, const Resolved& resolved, const Recipe& recipe) {
    const MakeUp make_up = [&] { return made_up(request, resolved.source, recipe); };
    Pool pool(request, resolved, make_up);
    if (pool.origin_ != Origin::model) return pool;
    recommender::TrainingSettings settings = resolved.source.settings;
    settings.recipe = &recipe;
    auto model = find_model(request.memory.kept, request.context, resolved.group, *pool.training_, settings);
    pool.key_ = std::move(model.key);
    pool.model_ = std::move(model.value);
    pool.ids_ = {pool.model_, &pool.model_->items};
    pool.make_up_without_rows(request, resolved, make_up);
    return pool;
}

Pool Pool::of_actions(const Request& request, const Resolved& resolved) {
    const MakeUp make_up = [&] { return recommender::made_up_actions(made_up_key(request, resolved.source)); };
    Pool pool(request, resolved, make_up);
    if (pool.origin_ != Origin::model) return pool;
    auto model = find_action_model(request.memory.kept, request.context, resolved.group, *pool.training_);
    pool.key_ = std::move(model.key);
    pool.action_model_ = std::move(model.value);
    pool.ids_ = {pool.action_model_, &pool.action_model_->actions};
    pool.make_up_without_rows(request, resolved, make_up);
    return pool;
}

std::optional<std::uint32_t> Pool::find(std::string_view id) const {
    return ids_ ? ids_->find(id) : listed_.find(id);
}

std::size_t Pool::interactions() const {
    if (model_) return model_->interactions;
    return action_model_ ? action_model_->interactions : 0;
}

std::size_t Pool::users() const {
    return model_ ? model_->user_count : 0;
}

std::shared_ptr<const History> history_of(const Request& request, const storage::RowView& view, std::string_view user) {
    storage::Store& store = request.context.store;
    if (request.batch_of == nullptr) return find_history(request.memory.kept, store, view, user);
    return view.levels.empty() ? no_history() : std::make_shared<const History>(read_history(store, view, user));
}

std::vector<std::string> later_items(const Recipe& recipe, const Pool& pool, const std::vector<PastEvent>& history) {
    std::vector<std::string> items;
    if (!recipe.sees_later_events || !pool.training()) return items;
    for (const PastEvent& event : history) {
        if (event.is_event && event.is_own && event.revision > pool.training()->revision) items.push_back(event.item);
    }
    return items;
}

std::string_view id_in(const base::Json& input, std::string_view member) {
    const std::string* const id = base::text_member(input, member);
    return id == nullptr ? std::string_view() : *id;
}

}  // namespace plocal::runtime
