#include "server/local/control/accept.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "server/base/text.h"

namespace plocal::control {

std::string_view without_blanks(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    return text.substr(0, text.find_last_not_of(" \t") + 1);
}

std::string_view take_item(std::string_view& text, char separator) {
    return without_blanks(base::take_part(text, separator));
}

double weight_in(std::string_view parameters) {
    constexpr std::string_view name = "q=";
    while (!parameters.empty()) {
        const std::string parameter = base::lower(take_item(parameters, ';'));
        if (!parameter.starts_with(name)) continue;
        double weight = 0;
        std::from_chars(parameter.data() + name.size(), parameter.data() + parameter.size(), weight);
        return weight;
    }
    return 1;
}

bool wants_page(std::string_view accept) {
    double html = 0;
    double json = 0;
    while (!accept.empty()) {
        std::string_view parameters = take_item(accept, ',');
        const std::string range = base::lower(take_item(parameters, ';'));
        if (range == "text/html") html = weight_in(parameters);
        if (range == "application/json") json = weight_in(parameters);
    }
    return html > 0 && html >= json;
}

}  // namespace plocal::control
