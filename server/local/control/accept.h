// Reads the header Accept of a request. Pure.
#pragma once

#include <string_view>

namespace plocal::control {

/// Takes the part before a separator from the front of a header, and returns it without blanks around it.
std::string_view take_item(std::string_view& text, char separator);

/// Returns the text without blanks at its ends.
std::string_view without_blanks(std::string_view text);

/// The weight of a media range by its parameters; 1 without one, 0 for one that is no number.
double weight_in(std::string_view parameters);

/// Returns true where a header Accept names HTML, as those of browsers do, and prefers no JSON to it. A wildcard does
/// not name it.
bool wants_page(std::string_view accept);

}  // namespace plocal::control
