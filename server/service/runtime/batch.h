// One line of a batch inference job, answered as a campaign with the same solution version would answer it, without the
// limits and the automatic filters of one. On the thread that owns the store.
// https://docs.aws.amazon.com/personalize/latest/dg/batch-data-upload.html
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "server/base/json.h"
#include "server/service/recommender/recipe_table.h"
#include "server/service/resources/context.h"
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

/// Plain values, so that a job can write them on another thread.
struct BatchAnswer {
    std::vector<std::string> items;             // best first
    std::optional<std::vector<double>> scores;  // of the first items: an item without a score is one of the last
    std::vector<std::string> names;             // of the items, where a column is asked for; "" where it is null
    bool is_made_up = false;
};

/// Answers a line that is an object; members that the recipe does not use may have any value. Throws ApiError where the
/// line cannot be answered, NotMade and SqlError.
BatchAnswer answer_line(resources::Context& context, Memory& memory, const BatchSettings& settings,
                        const base::Json& line);

}  // namespace plocal::runtime
