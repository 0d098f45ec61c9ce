#include "server/service/runtime/target.h"

#include <chrono>
#include <cstdint>

#include "server/service/resources/ids.h"
#include "server/service/runtime/pool.h"
#include "server/service/runtime/refusals.h"

namespace plocal::runtime {

Target find_target(const Request& request, recommender::Answers wanted) {
    Target target{.resolved = request.batch_of};
    if (target.resolved == nullptr) target.resolved = request.memory.sources.find(request.context, request.input);
    target.recipe = &recipe_for(target.source(), wanted, request.input);
    target.user = id_in(request.input, "userId");
    target.item = target.recipe->needs_item ? id_in(request.input, "itemId") : std::string_view();
    const std::string_view of = request.batch_of != nullptr ? "solution version" : "campaign or recommender";
    if (target.recipe->needs_user && target.user.empty()) throw refusals::missing_id("userId", of);
    if (target.recipe->needs_item && target.item.empty()) throw refusals::missing_id("itemId", of);
    return target;
}

std::size_t count_of(const base::Json& input, std::size_t usual, std::size_t most, bool is_metadata) {
    const auto given = input.find("numResults");
    if (given == input.end() || given->is_null()) return std::min(usual, most);
    const auto count = given->get<std::uint64_t>();
    if (count > most) throw refusals::too_many_results(most, is_metadata);
    return count;
}

std::string next_recommendation_id(const Request& request, const Source& source) {
    const base::Instant now = request.context.readings.now_of(source.account);
    const std::string moment = std::to_string(now.time_since_epoch().count());
    return resources::recommendation_id({.seed = request.context.settings.plan.seed,
                                         .account = source.account,
                                         .kind = "recommendation " + moment,
                                         .parent = source.arn,
                                         .ordinal = ++request.memory.answers},
                                        source.arn);
}

}  // namespace plocal::runtime
