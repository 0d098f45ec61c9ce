#include "server/local/control/row_form.h"

#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/local/control/control_error.h"

namespace plocal::control {
namespace {

using data::RowFormat;

struct FormCase {
    std::string header;
    std::optional<RowFormat> format;  // nothing: it is refused
};

std::optional<RowFormat> form(RowFormat (*format_of)(std::string_view), const std::string& header, int refusal) {
    try {
        return format_of(header);
    } catch (const ControlError& error) {
        EXPECT_EQ(error.status(), refusal) << header;
        return std::nullopt;
    }
}

TEST(RowForm, OfABodyGoesByItsContentType) {
    const std::vector<FormCase> cases = {
        {"", RowFormat::json},
        {"application/json", RowFormat::json},
        {"application/json; charset=utf-8", RowFormat::json},
        {"application/x-www-form-urlencoded", RowFormat::json},
        {"text/csv", RowFormat::csv},
        {"Text/CSV;header=present", RowFormat::csv},
        {"application/x-ndjson", RowFormat::json_lines},
        {"application/xml", std::nullopt},
        {"text/*", std::nullopt},
    };
    for (const FormCase& each : cases) {
        EXPECT_EQ(form(format_of_body, each.header, 415), each.format) << each.header;
    }
}

TEST(RowForm, OfAnAnswerIsWhatAcceptPrefers) {
    const std::vector<FormCase> cases = {
        {"", RowFormat::json},
        {"*/*", RowFormat::json},
        {"text/csv", RowFormat::csv},
        {"TEXT/CSV", RowFormat::csv},
        {"application/x-ndjson, */*;q=0.1", RowFormat::json_lines},
        {"*/*;q=0.1, text/csv", RowFormat::csv},
        {"text/csv;q=0.5, application/json;q=0.7", RowFormat::json},
        {"text/csv;header=present;Q=0.5,application/x-ndjson ; q=0.9", RowFormat::json_lines},
        {"text/csv, application/x-ndjson", RowFormat::csv},
        {"text/*", RowFormat::csv},
        {"application/*", RowFormat::json},
        {"text/html,application/xhtml+xml,*/*;q=0.8", RowFormat::json},
        {"text/html", std::nullopt},
        {"text/csv;q=0", std::nullopt},
        {"text/csv;q=none", std::nullopt},
        {",", std::nullopt},
    };
    for (const FormCase& each : cases) {
        EXPECT_EQ(form(format_of_answer, each.header, 406), each.format) << each.header;
    }
}

}  // namespace
}  // namespace plocal::control
