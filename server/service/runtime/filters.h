// The filter of a request or of a promotion: looked up, checked against what it is used for, and bound to its values.
// On the thread that owns the store.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/base/json.h"
#include "server/model/languages/filter/bound.h"
#include "server/model/languages/filter/tree.h"
#include "server/service/resources/context.h"
#include "server/service/runtime/source.h"

namespace plocal::runtime {

/// Parsed expressions by their text, so that a request parses nothing.
class Expressions {
public:
    /// Throws ApiError for an invalid expression, which only a fixture can have.
    std::shared_ptr<const languages::FilterExpression> parse(const std::string& text);

private:
    std::map<std::string, std::shared_ptr<const languages::FilterExpression>, std::less<>> parsed_;
};

struct RequestFilter {
    std::string arn;
    std::shared_ptr<const languages::BoundFilter> bound;  // passes all for a fixture's filter without an expression
};

/// What a filter is used for.
struct FilterUse {
    languages::FilterIds ids = languages::FilterIds::items;
    bool has_item = false;  // the recipe takes an itemId
};

/// Returns the filter that `holder` names with `filterArn` and `filterValues`, or nothing. Throws ApiError and
/// SqlError.
std::optional<RequestFilter> find_filter(resources::Context& context, Expressions& expressions, const Source& source,
                                         const FilterUse& use, const base::Json& holder);

}  // namespace plocal::runtime
