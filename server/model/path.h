// The path of a value inside another one, in the service's spelling: "tags.1.member.tagKey". A linked list on the
// stack, which allocates nothing until its text is needed. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace plocal::model {

struct Path {
    const Path* outer = nullptr;  // must outlive this link
    std::string_view name;        // of a member, or the key of a map's entry
    std::size_t position = 0;     // of a list's element, counted from 1; 0 for all others
    bool collected = false;       // in a list or a map: the service adds ".member"

    /// Returns the path's text. A null pointer means the outermost value, whose text is "".
    static std::string text(const Path* path);
};

}  // namespace plocal::model
