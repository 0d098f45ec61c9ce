// JSON: both parsers agree, in whole texts and in pieces, and what one reads is the same when it is written and read
// again.
#include "server/base/json.h"

#include <memory>
#include <optional>
#include <string>

#include "server/base/json_check.h"
#include "server/base/json_scanner.h"
#include "server/base/text.h"
#include "tests/fuzz/target.h"

namespace plocal::fuzz {
namespace {

using base::Json;

/// Returns what the parser of pieces says against a text; nothing for a good one.
std::optional<std::string> checked(std::string_view text, std::size_t piece_bytes) {
    try {
        base::check_json([&] { return std::make_unique<base::TextPieces>(text, piece_bytes); });
        return std::nullopt;
    } catch (const base::JsonError& error) {
        return error.what();
    }
}

void scan(std::string_view text, std::size_t piece_bytes, std::string_view expected) {
    base::TextPieces pieces(text, piece_bytes);
    base::JsonScanner scanner(pieces);
    const auto value = scanner.take_value();
    require(value.has_value(), "the scanner finds the value of a good text", text);
    require(base::parse_json(*value).dump() == expected, "the scanner finds the whole value", *value);
}

void run_json(std::string_view input) {
    if (input.empty()) return;
    const std::size_t piece_bytes = 1U + static_cast<unsigned char>(input.front()) % 16U;
    const std::string_view text = input.substr(1);
    try {
        const Json value = base::parse_json(text);
        require(!checked(text, piece_bytes), "a good text is good in pieces", text);
        const std::string written = value.dump();
        require(base::parse_json(written).dump() == written, "a value is the same when it is read again", written);
        require(base::without_nulls(value) == base::without_nulls(base::without_nulls(value)), "no null is left");
        if (!text.starts_with("\xef\xbb\xbf")) scan(text, piece_bytes, written);
    } catch (const base::JsonError& error) {
        require(checked(text, piece_bytes) == error.what(), "a text has the same fault in pieces", error.what());
        require(std::string_view(error.what()).starts_with("line "), "a fault has a place", error.what());
        require(base::is_utf8(error.what()) || !base::is_utf8(text), "a fault is a text", error.what());
    }
}

}  // namespace
}  // namespace plocal::fuzz

PLOCAL_FUZZ_TARGET(json, plocal::fuzz::run_json)
