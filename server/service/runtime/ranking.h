// GetPersonalizedRanking: everything that decides one answer, as in recommendations.h. On the thread that owns the
// store; calls throw ApiError, NotMade and SqlError.
// https://docs.aws.amazon.com/personalize/latest/dg/API_RS_GetPersonalizedRanking.html
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/service/recommender/ranking.h"
#include "server/service/runtime/explanation.h"
#include "server/service/runtime/metadata.h"
#include "server/service/runtime/pool.h"
#include "server/service/runtime/target.h"
#include "server/service/runtime/used_filter.h"

namespace plocal::runtime {

class Ranking {
public:
    /// Checks the request and computes its answer. The request must outlive this.
    explicit Ranking(const Request& request);
    Ranking(const Ranking&) = delete;
    Ranking& operator=(const Ranking&) = delete;

    /// The response without its recommendationId.
    base::Json body() const;

    /// The items of the response, best first.
    std::vector<Scored> answer() const;

    const Target& target() const { return target_; }
    const Pool& pool() const { return pool_; }
    std::vector<std::string> notes() const;

    /// The ranked items in their order, then these.
    std::vector<Explained> explain(const std::vector<std::string>& ids) const;

private:
    void rank_all();
    std::optional<double> score_of(const recommender::RankedItem& ranked) const;
    Explained explained(const std::string& id, const std::vector<recommender::RankedItem>& unfiltered) const;

    const Request& request_;
    Target target_;
    Metadata metadata_;
    std::vector<std::string> list_;  // to rank
    std::optional<RequestFilter> given_filter_;
    Pool pool_;
    std::shared_ptr<const History> history_ = no_history();
    std::vector<std::string> later_;
    std::optional<FilterGround> ground_;
    std::optional<UsedFilter> filter_;
    recommender::Candidates candidates_;
    std::vector<recommender::RankingInput> inputs_;  // by place in the list
    std::vector<recommender::RankedItem> ranked_;
};

}  // namespace plocal::runtime
