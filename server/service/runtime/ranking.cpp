#include "server/service/runtime/ranking.h"

#include <algorithm>
#include <set>
#include <utility>

#include "server/service/runtime/refusals.h"

namespace plocal::runtime {
namespace {

using base::Json;
using recommender::RankedItem;
using recommender::RankingInput;

constexpr std::size_t longest_list = 500;
constexpr std::size_t longest_with_metadata = 50;

/// The ids without those that come again.
std::vector<std::string> first_of_each(std::vector<std::string> list) {
    std::set<std::string> seen;
    std::erase_if(list, [&seen](const std::string& id) { return !seen.insert(id).second; });
    return list;
}

/// The place of an id among ranked ones, from 1; nothing for one that is not among them.
std::optional<std::size_t> place_of(const std::string& id, const std::vector<RankedItem>& ranked,
                                    const std::vector<std::string>& list) {
    const auto found = std::ranges::find_if(ranked, [&](const RankedItem& each) { return list[each.place] == id; });
    if (found == ranked.end()) return std::nullopt;
    return static_cast<std::size_t>(found - ranked.begin()) + 1;
}

}  // namespace

Ranking::Ranking(const Request& request)
    : request_(request),
      target_(find_target(request, recommender::Answers::ranking)),
      metadata_(*target_.resolved, request.input),
      list_(request.input.at("inputList").get<std::vector<std::string>>()) {
    const std::size_t longest = metadata_.is_asked() ? longest_with_metadata : longest_list;
    const bool is_bounded = request.batch_of == nullptr;
    if (list_.empty() || (is_bounded && list_.size() > longest)) throw refusals::bad_list(longest);
    list_ = first_of_each(std::move(list_));
    given_filter_ = find_filter(request.context, request.memory.filters, target_.source(), {}, request.input);
    pool_ = Pool::of_items(request, *target_.resolved, *target_.recipe);
    if (given_filter_ || pool_.training()) {
        storage::Store& store = request.context.store;
        storage::RowView view = Group::view(request.context, target_.group().find("INTERACTIONS"));
        if (!given_filter_) view = changed_since(store, std::move(view), pool_.training()->revision);
        history_ = history_of(request, view, target_.user);
    }
    later_ = later_items(*target_.recipe, pool_, *history_);
    if (given_filter_) {
        ground_.emplace(request, target_, pool_, list_, *history_);
        filter_.emplace(*given_filter_, *ground_);
    }
    rank_all();
}

void Ranking::rank_all() {
    candidates_ = pool_.model() != nullptr
                      ? recommender::find_candidates(*pool_.model(), {target_.user, target_.item, later_})
                      : pool_.listed().candidates();
    std::optional<recommender::ItemSet> passing;
    if (filter_) passing = ground_->passing(filter_->prepared);
    for (std::uint32_t place = 0; place < list_.size(); ++place) {
        inputs_.push_back({list_[place], pool_.find(list_[place]), !passing || passing->contains(place)});
    }
    ranked_ = recommender::rank(candidates_, inputs_);
}

std::optional<double> Ranking::score_of(const RankedItem& ranked) const {
    if (!ranked.score || pool_.origin() != Origin::declared) return ranked.score;
    return pool_.listed().shown_score(*inputs_[ranked.place].item, *ranked.score);
}

Json Ranking::body() const {
    Json items = Json::array();
    for (const RankedItem& each : ranked_) {
        Json::object_t item;  // an initializer list would copy its values
        item.reserve(2);
        item.emplace_back("itemId", list_[each.place]);
        if (const auto score = score_of(each)) item.emplace_back("score", *score);
        if (metadata_.is_asked()) item.emplace_back("metadata", metadata_.of(request_.context, list_[each.place]));
        items.push_back(std::move(item));
    }
    return {{"personalizedRanking", std::move(items)}};
}

std::vector<Scored> Ranking::answer() const {
    std::vector<Scored> items;
    items.reserve(ranked_.size());
    for (const RankedItem& each : ranked_) items.push_back({list_[each.place], score_of(each)});
    return items;
}

std::vector<std::string> Ranking::notes() const {
    return notes_on(request_, target_, pool_, !later_.empty());
}

std::vector<Explained> Ranking::explain(const std::vector<std::string>& ids) const {
    std::vector<RankingInput> all = inputs_;
    for (RankingInput& input : all) input.passes = true;
    const std::vector<RankedItem> unfiltered = recommender::rank(candidates_, all);
    std::vector<Explained> result;
    for (const RankedItem& each : ranked_) {
        const std::string& id = list_[each.place];
        result.push_back(
            {.id = id, .score = score_of(each), .rank = place_of(id, unfiltered, list_), .place = result.size() + 1});
    }
    for (const std::string& id : ids) {
        if (!place_of(id, ranked_, list_)) result.push_back(explained(id, unfiltered));
    }
    return result;
}

Explained Ranking::explained(const std::string& id, const std::vector<RankedItem>& unfiltered) const {
    Explained item{.id = id, .rank = place_of(id, unfiltered, list_)};
    const auto place = std::ranges::find(list_, id);
    if (place == list_.end()) {
        item.out_by = OutBy{.what = "unknown", .because = "inputList does not name it"};
    } else {
        const auto index = static_cast<std::uint32_t>(place - list_.begin());
        item.out_by = out_by_filter(filter_->arn, ground_->verdict(filter_->prepared, index));
    }
    return item;
}

}  // namespace plocal::runtime
