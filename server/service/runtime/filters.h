// The filter of a request or of a promotion: looked up, checked against what it is used for, and bound to its values.
// On the thread that owns the store.
#pragma once

#include <cstdint>
#include <functional>
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

struct RequestFilter {
    std::string arn;
    std::shared_ptr<const languages::BoundFilter> bound;  // passes all for a fixture's filter without an expression
};

/// Filters with their values as requests have named them, kept as long as no resource changes, and their expressions by
/// their text: so a request parses nothing.
class KnownFilters {
public:
    struct Known {
        std::string group;  // the ARN of its dataset group
        std::shared_ptr<const languages::BoundFilter> bound;
    };

    /// Returns what was kept, or null.
    const Known* find(resources::Context& context, const std::string& key);

    void keep(const std::string& key, Known known);

    /// Throws ApiError for an invalid expression, which only a fixture can have.
    std::shared_ptr<const languages::FilterExpression> parse(const std::string& text);

private:
    std::map<std::string, std::shared_ptr<const languages::FilterExpression>, std::less<>> parsed_;
    std::map<std::string, Known> known_;
    std::int64_t writes_ = -1;  // of the resources when these were found
    std::int64_t switches_ = -1;
};

/// What a filter is used for.
struct FilterUse {
    languages::FilterIds ids = languages::FilterIds::items;
    bool has_item = false;  // the recipe takes an itemId
};

/// Returns the filter that `holder` names with `filterArn` and `filterValues`, or nothing. Throws ApiError and
/// SqlError.
std::optional<RequestFilter> find_filter(resources::Context& context, KnownFilters& known, const Source& source,
                                         const FilterUse& use, const base::Json& holder);

}  // namespace plocal::runtime
