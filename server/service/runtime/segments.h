// One line of a batch segment job: on the thread that owns the store it finds what it is answered from, then any thread
// may compute the users.
// https://docs.aws.amazon.com/personalize/latest/dg/creating-batch-seg-job.html
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/base/json.h"
#include "server/model/languages/filter/literals.h"
#include "server/service/recommender/item_set.h"
#include "server/service/recommender/listed.h"
#include "server/service/resources/context.h"
#include "server/service/runtime/batch.h"
#include "server/service/runtime/request.h"
#include "server/service/runtime/segment_models.h"

namespace plocal::runtime {

class Segment {
public:
    /// Finds what a line that is an object is answered from. Throws ApiError where it cannot be answered, NotMade and
    /// SqlError.
    static Segment of_line(resources::Context& context, Memory& memory, const BatchSettings& settings,
                           const base::Json& line);

    /// Computes the users, best first. Throws ApiError where no item has the attributes.
    std::vector<std::uint32_t> users() const;

    /// The id of one of them. It lives as long as this.
    std::string_view id(std::uint32_t user) const { return rows_ ? rows_->model->users[user] : made_up_[user]; }

    bool is_made_up() const { return rows_ == nullptr; }

private:
    Segment() = default;
    void make_up(const recommender::MadeUpKey& key);
    void read_query(bool is_of_attributes, const Group& group);
    recommender::ItemSet items_with_attributes() const;

    std::size_t count_ = 0;
    std::shared_ptr<const SegmentRows> rows_;              // null for made-up users
    std::shared_ptr<const recommender::ItemSet> passing_;  // null for all
    std::string query_;                                    // as the line has it
    std::optional<std::uint32_t> item_;                    // or these, by their column
    std::vector<std::pair<std::size_t, languages::FilterLiterals>> attributes_;
    std::vector<std::string> made_up_;
};

}  // namespace plocal::runtime
