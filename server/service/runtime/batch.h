// One line of a batch inference job, answered as a campaign with the same solution version would answer it, without the
// limits and the automatic filters of one. On the thread that owns the store.
// https://docs.aws.amazon.com/personalize/latest/dg/batch-data-upload.html
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/service/data/cell.h"
#include "server/service/recommender/recipe_table.h"
#include "server/service/resources/context.h"
#include "server/service/runtime/recommendations.h"
#include "server/service/runtime/request.h"
#include "storage/record.h"

namespace plocal::runtime {

/// The same for all lines of a job.
struct BatchSettings {
    std::string solution_version;  // its ARN
    std::string account;           // of the job
    std::string filter_arn;        // "" for none
    std::size_t count = 25;        // of results
    std::string name_column = {};  // of the items' names, for themes; "" for none
};

/// Returns the settings of a batch inference or batch segment job.
BatchSettings batch_settings(const storage::Record& record);

/// Returns the members of a line that a recipe uses as requests have them, its `itemList` as `inputList`. An unknown
/// recipe, null, uses all. Throws ApiError for one that has another type.
base::Json input_of_line(const BatchSettings& settings, const recommender::Recipe* recipe, const base::Json& line);

struct BatchAnswer {
    std::vector<std::string_view> items;        // best first; they live as long as what they were computed from
    std::optional<std::vector<double>> scores;  // of the first items: an item without a score is one of the last
    std::vector<std::string> names;             // of the items, where a column is asked for; "" where it is null
    bool is_made_up = false;
};

/// What a line is answered from. It is found on the thread that owns the store and computed on any other one: a line
/// may ask for all items of a large model.
class PreparedLine {
public:
    /// The line is an object; members that the recipe does not use may have any value. Throws ApiError where the line
    /// cannot be answered, NotMade and SqlError.
    PreparedLine(resources::Context& context, Memory& memory, const BatchSettings& settings, const base::Json& line);

    PreparedLine(PreparedLine&&) = default;
    PreparedLine& operator=(PreparedLine&&) = default;
    PreparedLine(const PreparedLine&) = delete;
    PreparedLine& operator=(const PreparedLine&) = delete;
    ~PreparedLine() = default;

    BatchAnswer answer() const;

private:
    void recommend(const Request& request, const std::string& name_column);
    void rank(const Request& request);
    std::string name_of(std::uint32_t item) const;

    std::optional<Ingredients> ingredients_;  // nothing for a ranking
    BatchAnswer ranked_;                      // instead, of these ids
    std::set<std::string, std::less<>> ranked_ids_;
    std::optional<std::size_t> name_column_ = {};  // of the items' rows; nothing where their names are not known
    bool has_names_ = false;
    std::shared_ptr<const std::vector<data::Row>> rows_;
};

}  // namespace plocal::runtime
