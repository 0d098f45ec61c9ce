#include "server/local/snapshot/shape_check.h"

#include <algorithm>
#include <string>

#include "server/model/fit.h"
#include "server/model/validate.h"

namespace plocal::snapshot {
namespace {

using base::Problem;

/// The service itself breaks its model here: the name of a solution version has a slash, and the role of a job is not
/// an ARN of Personalize, as its shape requires.
bool is_broken_by_service(const model::Shape& shape, const std::string& path) {
    const model::Member* const member = shape.member(path);
    return path == "name" || (path == "roleArn" && member != nullptr && member->shape->name == "Arn");
}

}  // namespace

void check_shape(const model::Shape& shape, base::Json& members, std::vector<Problem>& problems) {
    model::fit(shape, members, problems);
    for (const model::Violation& violation : model::find_violations(shape, members)) {
        const std::string pointer = model::pointer_of(shape, members, violation.path).to_string();
        const bool is_reported = std::ranges::find(problems, pointer, &Problem::pointer) != problems.end();
        if (!is_broken_by_service(shape, violation.path) && !is_reported)
            problems.push_back({pointer, violation.constraint, violation.value});
    }
}

}  // namespace plocal::snapshot
