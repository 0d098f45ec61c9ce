#include "server/model/shape.h"

#include <algorithm>

namespace plocal::model {

const Member* Shape::member(std::string_view member_name) const {
    const auto found = std::ranges::find(members, member_name, &Member::name);
    return found == members.end() ? nullptr : &*found;
}

}  // namespace plocal::model
