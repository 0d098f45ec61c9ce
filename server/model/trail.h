// The place of a value inside another one, as a linked list on the stack: its JSON pointer costs nothing until it is
// needed. Pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "server/base/json.h"

namespace plocal::model {

struct Trail {
    const Trail* outer = nullptr;  // must outlive this link; null for the outermost value
    std::string_view name;         // of a member
    std::size_t index = 0;         // of an element of a list
    bool is_element = false;

    std::string pointer() const {
        if (outer == nullptr) return "";
        if (is_element) return outer->pointer() + "/" + std::to_string(index);
        return outer->pointer() + (base::Json::json_pointer() / std::string(name)).to_string();
    }
};

}  // namespace plocal::model
