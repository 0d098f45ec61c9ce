// GetRecommendations: everything that decides one answer. The response is a view of it, and so is what explains it. On
// the thread that owns the store; calls throw ApiError, NotMade and SqlError.
// https://docs.aws.amazon.com/personalize/latest/dg/API_RS_GetRecommendations.html
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/service/recommender/answer.h"
#include "server/service/recommender/item_set.h"
#include "server/service/runtime/explanation.h"
#include "server/service/runtime/metadata.h"
#include "server/service/runtime/pool.h"
#include "server/service/runtime/target.h"
#include "server/service/runtime/used_filter.h"

namespace plocal::runtime {

/// What the answer to a line of a batch is computed from, on any thread: models and lists are shared and never change.
struct Ingredients {
    Pool pool;
    std::string user;
    std::string item;
    std::vector<std::string> later;
    std::optional<recommender::ItemSet> passing;  // nothing for all
    std::size_t count = 0;
    bool has_scores = false;

    std::vector<recommender::Recommendation> chosen() const;
};

class Recommendations {
public:
    /// Checks the request and, unless it is a line of a batch, computes its answer. The request must outlive this.
    explicit Recommendations(const Request& request);
    Recommendations(const Recommendations&) = delete;
    Recommendations& operator=(const Recommendations&) = delete;

    /// The response without its recommendationId.
    base::Json body() const;

    /// For a line of a batch. Nothing else may be called afterwards.
    Ingredients take_ingredients();

    const Target& target() const { return target_; }
    const Pool& pool() const { return pool_; }

    /// What a caller could take for more than it is.
    std::vector<std::string> notes() const;

    /// The answered items in their order, then these.
    std::vector<Explained> explain(const std::vector<std::string>& ids) const;

private:
    std::size_t most() const;
    void read_promotion();
    void find_passing();
    void choose();
    void leave_out(recommender::ItemSet& items) const;
    std::optional<double> score_of(const recommender::Recommendation& chosen) const;
    Explained explained(std::string_view id, const std::vector<std::uint32_t>& ranks) const;
    OutBy out_by(std::uint32_t index) const;

    const Request& request_;
    Target target_;
    Metadata metadata_;
    std::size_t count_ = 0;
    std::optional<RequestFilter> given_filter_;
    std::optional<RequestFilter> given_promotion_;
    std::string promotion_name_;
    int promotion_percent_ = 0;
    Pool pool_;
    std::shared_ptr<const History> history_ = no_history();
    std::vector<std::string> later_;  // the items of the user's events after the training
    std::optional<FilterGround> ground_;
    std::optional<UsedFilter> filter_;
    std::optional<UsedFilter> promotion_;
    recommender::ItemSet dropped_{0};  // what the use case leaves out by itself
    std::optional<recommender::ItemSet> passing_;
    std::optional<recommender::ItemSet> promoted_;
    recommender::Candidates candidates_;
    std::vector<recommender::Recommendation> chosen_;
};

}  // namespace plocal::runtime
