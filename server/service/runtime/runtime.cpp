#include "server/service/runtime/runtime.h"

#include "server/model/render.h"
#include "server/service/operations/handler.h"
#include "server/service/runtime/action_recommendations.h"
#include "server/service/runtime/ranking.h"
#include "server/service/runtime/recommendations.h"

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

struct RuntimeEntry {
    std::string_view operation;
    std::string (*answer)(const Request& request);
};

constexpr RuntimeEntry entries[] = {
    {"GetRecommendations", answer<Recommendations>},
    {"GetPersonalizedRanking", answer<Ranking>},
    {"GetActionRecommendations", answer<ActionRecommendations>},
};

const RuntimeEntry* find_runtime_entry(const model::Operation& operation) {
    const auto* const found = std::ranges::find(entries, operation.name, &RuntimeEntry::operation);
    return found == std::end(entries) ? nullptr : found;
}

}  // namespace

bool is_runtime_operation(const model::Operation& operation) {
    return find_runtime_entry(operation) != nullptr;
}

std::variant<std::string, NotMade> Runtime::run(resources::Context& context, const base::Json& input,
                                                const Declared& declared) {
    const RuntimeEntry* const entry = find_runtime_entry(context.operation);
    if (entry == nullptr) operations::refuse_unknown(context.operation);
    memory_.kept.begin_request();
    const base::Json given = base::without_nulls(input);
    try {
        return entry->answer({context, memory_, given, declared});
    } catch (const NotMade& missing) {
        return missing;
    }
}

}  // namespace plocal::runtime
