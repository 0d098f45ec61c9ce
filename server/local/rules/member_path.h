// A place in the input of an operation: the name of a member ("jobName"), or a JSON pointer
// ("/jobInput/s3DataSource/path"). Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/model/shape.h"

namespace plocal::rules {

class MemberPath {
public:
    /// Returns nothing for a bad JSON pointer: one with a `~` that is neither `~0` nor `~1`.
    static std::optional<MemberPath> parse(std::string_view text);

    bool operator==(const MemberPath&) const = default;

    /// Returns the value at this place, or null where the input has none. It lives as long as the input.
    const base::Json* find(const base::Json& input) const;

    /// Returns the shape of this place, or null where the model does not have the place. It has every key of a map and
    /// every index of a list.
    const model::Shape* find(const model::Shape& input) const;

    /// Returns the paths that differ from this one only in its first unknown name, in the same spelling. For
    /// suggestions where the model does not have the place.
    std::vector<std::string> neighbours(const model::Shape& input) const;

private:
    std::string spelled(std::size_t replaced, const std::string& name) const;

    bool is_pointer_ = false;
    std::vector<std::string> names_;  // of members, keys of maps, indices of lists; the outermost first
};

}  // namespace plocal::rules
