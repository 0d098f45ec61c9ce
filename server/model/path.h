// Where a value lies inside another, as the service spells it: "tags.1.member.tagKey". A chain of links on the stack:
// it costs nothing until somebody asks for the text.
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

    /// Empty for a null pointer: the outermost value itself.
    static std::string text(const Path* path);
};

}  // namespace plocal::model
