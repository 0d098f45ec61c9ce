#include "server/service/runtime/recommendations.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "server/service/runtime/refusals.h"

namespace plocal::runtime {
namespace {

using base::Json;
using languages::FilterIds;
using recommender::Candidate;
using recommender::ItemSet;
using recommender::Recommendation;

constexpr std::size_t usual_count = 25;
constexpr std::size_t most_results = 500;
constexpr std::size_t most_with_metadata = 50;

/// The pool and what the query names must live as long as the result.
recommender::Candidates candidates_of(const Pool& pool, const recommender::Query& query) {
    return pool.model() != nullptr ? recommender::find_candidates(*pool.model(), query) : pool.listed().candidates();
}

}  // namespace

Recommendations::Recommendations(const Request& request)
    : request_(request),
      target_(find_target(request, recommender::Answers::recommendations)),
      metadata_(*target_.resolved, request.input) {
    count_ = count_of(request.input, usual_count, most(), metadata_.is_asked());
    const FilterUse use{FilterIds::items, target_.recipe->needs_item};
    given_filter_ = find_filter(request.context, request.memory.filters, target_.source(), use, request.input);
    read_promotion();
    pool_ = Pool::of_items(request, *target_.resolved, *target_.recipe);
    const bool has_filter = given_filter_ || given_promotion_;
    storage::Store& store = request.context.store;
    const bool drops = request.batch_of == nullptr && !target_.recipe->dropped_event.empty();
    const bool needs_all = has_filter || drops;
    if (needs_all || (target_.recipe->sees_later_events && pool_.training())) {
        storage::RowView view = Group::view(request.context, target_.group().find("INTERACTIONS"));
        if (!needs_all) view = changed_since(store, std::move(view), pool_.training()->revision);
        history_ = history_of(request, view, target_.user);
    }
    later_ = later_items(*target_.recipe, pool_, *history_);
    if (has_filter) {
        ground_.emplace(request, target_, pool_, FilterIds::items, *history_, std::vector<PastEvent>());
        if (given_filter_) filter_.emplace(*given_filter_, *ground_);
        if (given_promotion_) promotion_.emplace(*given_promotion_, *ground_);
    }
    find_passing();
    if (request.batch_of == nullptr) choose();
}

std::size_t Recommendations::most() const {
    if (request_.batch_of != nullptr) return std::numeric_limits<std::uint32_t>::max();
    return metadata_.is_asked() ? most_with_metadata : most_results;
}

void Recommendations::read_promotion() {
    const auto given = request_.input.find("promotions");
    if (given == request_.input.end() || !given->is_array() || given->empty()) return;
    if (!target_.recipe->can_promote) throw refusals::promotions_not_supported(target_.recipe->name);
    const Json& promotion = given->front();
    const std::string* const name = base::text_member(promotion, "name");
    if (name == nullptr) throw refusals::bad_promotion("name");
    const auto percent = promotion.find("percentPromotedItems");
    if (percent == promotion.end() || percent->is_null()) throw refusals::bad_promotion("percentPromotedItems");
    promotion_name_ = *name;
    promotion_percent_ = percent->get<int>();
    const FilterUse use{FilterIds::items, target_.recipe->needs_item};
    given_promotion_ = find_filter(request_.context, request_.memory.filters, target_.source(), use, promotion);
    if (!given_promotion_) throw refusals::bad_promotion("filterArn");
}

void Recommendations::leave_out(ItemSet& items) const {
    items.erase(dropped_);
}

void Recommendations::find_passing() {
    dropped_ = ItemSet(pool_.size());
    bool has_dropped = false;
    for (const PastEvent& event : *history_) {
        if (request_.batch_of != nullptr || target_.recipe->dropped_event.empty()) break;
        const auto item = pool_.find(event.item);
        if (!item || !recommender::is_same_event_type(event.event_type, target_.recipe->dropped_event)) continue;
        dropped_.insert(*item);
        has_dropped = true;
    }
    if (filter_) passing_ = ground_->passing(filter_->prepared);
    if (has_dropped && !passing_) passing_ = ItemSet::all(pool_.size());
    if (has_dropped) leave_out(*passing_);
    if (!promotion_) return;
    promoted_ = ground_->passing(promotion_->prepared);
    leave_out(*promoted_);
}

void Recommendations::choose() {
    candidates_ = candidates_of(pool_, {target_.user, target_.item, later_});
    recommender::Promotion promotion;
    if (promoted_) promotion = {promotion_percent_, &*promoted_};
    chosen_ = recommender::recommend(candidates_, passing_ ? &*passing_ : nullptr, count_, promotion);
}

Ingredients Recommendations::take_ingredients() {
    return {.pool = std::move(pool_),
            .user = std::string(target_.user),
            .item = std::string(target_.item),
            .later = std::move(later_),
            .passing = std::move(passing_),
            .count = count_,
            .has_scores = target_.recipe->has_scores};
}

std::vector<Recommendation> Ingredients::chosen() const {
    return recommender::recommend(candidates_of(pool, {user, item, later}), passing ? &*passing : nullptr, count);
}

std::optional<double> Recommendations::score_of(const Recommendation& chosen) const {
    if (!target_.recipe->has_scores) return std::nullopt;
    if (pool_.origin() == Origin::declared) return pool_.listed().shown_score(chosen.item, chosen.score);
    return chosen.score;
}

Json Recommendations::body() const {
    const bool has_reasons = target_.recipe->name.ends_with("-v2");
    Json items = Json::array();
    for (const Recommendation& each : chosen_) {
        Json::object_t item;  // an initializer list would copy its values
        item.reserve(2);
        item.emplace_back("itemId", pool_.id(each.item));
        if (const auto score = score_of(each)) item.emplace_back("score", *score);
        if (each.is_promoted) item.emplace_back("promotionName", promotion_name_);
        if (metadata_.is_asked()) item.emplace_back("metadata", metadata_.of(request_.context, pool_.id(each.item)));
        if (each.is_promoted && has_reasons) item.emplace_back("reason", Json::array({"Promoted item"}));
        items.push_back(std::move(item));
    }
    return {{"itemList", std::move(items)}};
}

std::vector<std::string> Recommendations::notes() const {
    return notes_on(request_, target_, pool_, !later_.empty());
}

std::vector<Explained> Recommendations::explain(const std::vector<std::string>& ids) const {
    std::vector<std::uint32_t> ranks(pool_.size());  // from 1; 0 for what is not among the candidates
    std::uint32_t rank = 0;
    for (const Candidate& candidate : candidates_.best(nullptr, pool_.size())) ranks[candidate.item] = ++rank;
    std::vector<Explained> all;
    for (const Recommendation& each : chosen_) {
        Explained item{.id = std::string(pool_.id(each.item)),
                       .score = score_of(each),
                       .rank = ranks[each.item],
                       .place = all.size() + 1};
        if (each.is_promoted) item.promotion = promotion_name_;
        all.push_back(std::move(item));
    }
    const auto answered = static_cast<std::ptrdiff_t>(all.size());
    for (const std::string& id : ids) {
        const auto end = all.begin() + answered;
        if (std::find_if(all.begin(), end, [&id](const Explained& item) { return item.id == id; }) == end) {
            all.push_back(explained(id, ranks));
        }
    }
    return all;
}

Explained Recommendations::explained(std::string_view id, const std::vector<std::uint32_t>& ranks) const {
    Explained item{.id = std::string(id)};
    const auto index = pool_.find(id);
    if (!index) {
        item.out_by = out_by_unknown(pool_);
        return item;
    }
    if (ranks[*index] != 0) item.rank = ranks[*index];
    item.out_by = out_by(*index);
    return item;
}

OutBy Recommendations::out_by(std::uint32_t index) const {
    if (candidates_.left_out == index) return {.what = "recipe", .because = "it is the item of the request"};
    if (dropped_.contains(index)) {
        return {.what = "recipe",
                .because = "the use case leaves out what the user has a " + std::string(target_.recipe->dropped_event) +
                           " event of"};
    }
    if (filter_ && !passing_->contains(index)) {
        return out_by_filter(filter_->arn, ground_->verdict(filter_->prepared, index));
    }
    return {.what = "numResults", .because = std::to_string(count_) + " items are better"};
}

}  // namespace plocal::runtime
