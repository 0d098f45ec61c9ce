// A place in an operation's input: a member's name ("jobName"), or a JSON pointer ("/jobInput/s3DataSource/path").
// Pure.
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
    /// Nothing for a text that begins as a pointer and is none: a `~` in it that is neither `~0` nor `~1`.
    static std::optional<MemberPath> parse(std::string_view text);

    bool operator==(const MemberPath&) const = default;

    /// The value there; null where the input has none. Lives as long as the input.
    const base::Json* find(const base::Json& input) const;

    /// What the model says of that place; null where it knows none. Any key of a map and any index of a list is known.
    const model::Shape* find(const model::Shape& input) const;

    /// Where the model does not know the place: the paths that differ from this one only in the first name that is
    /// unknown. Spelled as this one was.
    std::vector<std::string> neighbours(const model::Shape& input) const;

private:
    std::string spelled(std::size_t replaced, const std::string& name) const;

    bool is_pointer_ = false;
    std::vector<std::string> names_;  // of members, keys of maps, indices of lists; from the outermost inward
};

}  // namespace plocal::rules
