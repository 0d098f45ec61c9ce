// GetActionRecommendations: everything that decides one answer, as in recommendations.h. On the thread that owns the
// store; calls throw ApiError, NotMade and SqlError.
// https://docs.aws.amazon.com/personalize/latest/dg/API_RS_GetActionRecommendations.html
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/base/json.h"
#include "server/service/recommender/actions.h"
#include "server/service/runtime/explanation.h"
#include "server/service/runtime/pool.h"
#include "server/service/runtime/target.h"
#include "server/service/runtime/used_filter.h"

namespace plocal::runtime {

class ActionRecommendations {
public:
    /// Checks the request and computes its answer. The request must outlive this.
    explicit ActionRecommendations(const Request& request);
    ActionRecommendations(const ActionRecommendations&) = delete;
    ActionRecommendations& operator=(const ActionRecommendations&) = delete;

    /// The response without its recommendationId.
    base::Json body() const;

    const Target& target() const { return target_; }
    const Pool& pool() const { return pool_; }
    std::vector<std::string> notes() const;

    /// The answered actions in their order, then these.
    std::vector<Explained> explain(const std::vector<std::string>& ids) const;

private:
    struct Chosen {
        std::uint32_t action = 0;
        std::optional<double> score;
    };

    void choose();
    std::vector<Chosen> best(const recommender::ItemSet* passing, std::size_t count) const;
    std::vector<std::uint32_t> order() const;
    OutBy out_by(std::uint32_t index) const;

    const Request& request_;
    Target target_;
    std::size_t count_ = 0;
    std::optional<RequestFilter> given_filter_;
    Pool pool_;
    std::vector<PastEvent> with_items_;
    std::vector<PastEvent> with_actions_;
    std::optional<FilterGround> ground_;
    std::optional<UsedFilter> filter_;
    std::optional<recommender::ItemSet> passing_;
    recommender::ActionQuery query_;
    std::vector<Chosen> chosen_;
};

}  // namespace plocal::runtime
