#include "server/local/control/row_form.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>

#include "server/base/text.h"
#include "server/local/control/accept.h"
#include "server/local/control/control_error.h"

namespace plocal::control {
namespace {

using data::RowFormat;

// In the order in which a wildcard finds them.
constexpr RowFormat row_formats[] = {RowFormat::json, RowFormat::csv, RowFormat::json_lines};
constexpr std::string_view known_types = "text/csv, application/x-ndjson or application/json";
constexpr std::string_view type_of_forms = "application/x-www-form-urlencoded";

bool matches(std::string_view range, RowFormat format) {
    const std::string_view type = media_type(format);
    if (range == "*/*" || range == type) return true;
    return range.ends_with("/*") && type.starts_with(range.substr(0, range.size() - 1));
}

}  // namespace

std::string_view media_type(RowFormat format) {
    switch (format) {
        case RowFormat::csv:
            return "text/csv";
        case RowFormat::json_lines:
            return "application/x-ndjson";
        case RowFormat::json:
            break;
    }
    return "application/json";
}

RowFormat format_of_body(std::string_view content_type) {
    const std::string type = base::lower(take_item(content_type, ';'));
    if (type.empty() || type == type_of_forms) return RowFormat::json;
    for (const RowFormat format : row_formats) {
        if (type == media_type(format)) return format;
    }
    constexpr int unsupported_media_type = 415;
    throw ControlError(unsupported_media_type,
                       "Content-Type: " + base::mismatch(std::string(known_types), "'" + type + "'"));
}

RowFormat format_of_answer(std::string_view accept) {
    if (without_blanks(accept).empty()) return RowFormat::json;
    const std::string whole(accept);
    std::optional<RowFormat> best;
    double weight = 0;
    while (!accept.empty()) {
        std::string_view parameters = take_item(accept, ',');
        const std::string range = base::lower(take_item(parameters, ';'));
        const auto* const format =
            std::ranges::find_if(row_formats, [&range](RowFormat each) { return matches(range, each); });
        const double weight_here = weight_in(parameters);
        if (format == std::end(row_formats) || weight_here <= weight) continue;
        best = *format;
        weight = weight_here;
    }
    constexpr int not_acceptable = 406;
    if (!best) {
        throw ControlError(not_acceptable, "Accept: " + base::mismatch(std::string(known_types), "'" + whole + "'"));
    }
    return *best;
}

}  // namespace plocal::control
