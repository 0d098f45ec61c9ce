#include "server/service/runtime/runtime.h"

#include <algorithm>
#include <string_view>

#include "server/model/render.h"
#include "server/service/operations/handler.h"
#include "server/service/runtime/action_recommendations.h"
#include "server/service/runtime/models.h"
#include "server/service/runtime/ranking.h"
#include "server/service/runtime/recommendations.h"
#include "server/service/runtime/segment_models.h"

namespace plocal::runtime {
namespace {

template <typename Answer>
std::string answer(const Request& request) {
    const Answer given(request);
    base::Json body = given.body();
    body["recommendationId"] = next_recommendation_id(request, given.target().source());
    for (const std::string& note : given.notes()) {
        request.context.why += (request.context.why.empty() ? "" : "; ") + note;
    }
    return model::render(*request.context.operation.output, body);
}

std::optional<ModelFacts> facts_in(const Target& target, const Pool& pool) {
    if (!pool.training()) return std::nullopt;
    const Source& source = target.source();
    return ModelFacts{.arn = source.trained_arn,
                      .is_recommender = source.is_recommender,
                      .training = *pool.training(),
                      .interactions = pool.interactions(),
                      .users = pool.users(),
                      .items = pool.size()};
}

template <typename Answer>
Explanation explanation(const Request& request, const std::vector<std::string>& ids) {
    const Answer given(request);
    return {.recipe = std::string(given.target().recipe->name),
            .model = facts_in(given.target(), given.pool()),
            .notes = given.notes(),
            .body = given.body(),
            .items = given.explain(ids)};
}

struct RuntimeEntry {
    std::string_view operation;
    std::string (*answer)(const Request& request);
    Explanation (*explain)(const Request& request, const std::vector<std::string>& ids);
};

constexpr RuntimeEntry entries[] = {
    {"GetRecommendations", answer<Recommendations>, explanation<Recommendations>},
    {"GetPersonalizedRanking", answer<Ranking>, explanation<Ranking>},
    {"GetActionRecommendations", answer<ActionRecommendations>, explanation<ActionRecommendations>},
};

const RuntimeEntry* find_runtime_entry(const model::Operation& operation) {
    const auto* const found = std::ranges::find(entries, operation.name, &RuntimeEntry::operation);
    return found == std::end(entries) ? nullptr : found;
}

const RuntimeEntry& entry_of(const model::Operation& operation) {
    const RuntimeEntry* const entry = find_runtime_entry(operation);
    if (entry == nullptr) operations::refuse_unknown(operation);
    return *entry;
}

}  // namespace

bool is_runtime_operation(const model::Operation& operation) {
    return find_runtime_entry(operation) != nullptr;
}

std::variant<std::string, NotMade> Runtime::run(resources::Context& context, const base::Json& input,
                                                const Declared& declared) {
    const RuntimeEntry& entry = entry_of(context.operation);
    const base::Json given = base::without_nulls(input);
    memory_.kept.begin_request();
    try {
        return entry.answer({context, memory_, given, declared});
    } catch (const NotMade& missing) {
        return missing;
    }
}

std::variant<Explanation, NotMade> Runtime::explain(resources::Context& context, const base::Json& input,
                                                    const Declared& declared, const std::vector<std::string>& ids) {
    const RuntimeEntry& entry = entry_of(context.operation);
    const base::Json given = base::without_nulls(input);
    memory_.kept.begin_request();
    try {
        return entry.explain({context, memory_, given, declared, true}, ids);
    } catch (const NotMade& missing) {
        return missing;
    }
}

std::variant<ModelFacts, NotMade> Runtime::facts_of(resources::Context& context, const storage::Record& trained,
                                                    const storage::Training& training) {
    const Source source = trained_source(context, trained);
    const Group group(context, source.group_arn);
    ModelFacts facts{.arn = source.arn, .is_recommender = source.is_recommender, .training = training};
    const recommender::Recipe* const recipe = source.settings.recipe;
    if (recipe == nullptr) return facts;
    memory_.kept.begin_request();
    try {
        if (recipe->method == recommender::Method::segment) {
            const auto rows = find_segment_rows(memory_.kept, context, group, training, source.settings).value;
            facts.interactions = rows->model->interactions;
            facts.users = rows->model->users.size();
            facts.items = rows->model->items.size();
        } else if (recipe->answers == recommender::Answers::actions) {
            const auto model = find_action_model(memory_.kept, context, group, training).value;
            facts.interactions = model->interactions;
            facts.items = model->actions.size();
        } else {
            const auto model = find_model(memory_.kept, context, group, training, source.settings).value;
            facts.interactions = model->interactions;
            facts.users = model->user_count;
            facts.items = model->items.size();
        }
        return facts;
    } catch (const NotMade& missing) {
        return missing;
    }
}

std::variant<ModelFacts, NotMade> Runtime::train(resources::Context& context, const storage::Record& trained) {
    const Source source = trained_source(context, trained);
    const auto training = training_of(context, source, Group(context, source.group_arn), true);
    return facts_of(context, trained, training.value_or(storage::Training()));
}

}  // namespace plocal::runtime
