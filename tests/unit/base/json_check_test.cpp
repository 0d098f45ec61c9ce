#include "server/base/json_check.h"

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "server/base/json.h"

namespace plocal::base {
namespace {

std::string complaint_of_parser(std::string_view text) {
    try {
        parse_json(text);
    } catch (const JsonError& error) {
        return error.what();
    }
    return "";
}

std::string complaint_of_check(std::string_view text, std::size_t piece_bytes) {
    try {
        check_json([&] { return std::make_unique<TextPieces>(text, piece_bytes); });
    } catch (const JsonError& error) {
        return error.what();
    }
    return "";
}

TEST(JsonCheck, SaysWhatTheParserSaysWhateverThePieces) {
    const std::string deep = "[\"[\",\n" + std::string(70, '[');
    for (const std::string& text : {std::string(),
                                    std::string(" \n\t"),
                                    std::string("{\"a\":\n tru}"),
                                    std::string("{\"a\":1"),
                                    std::string("{\"a\" 1}"),
                                    std::string("[1,]"),
                                    std::string("{} x"),
                                    std::string("[01]"),
                                    std::string("\"a\n\""),
                                    std::string("\"\xff\""),
                                    std::string("\"\xc0\xaf\""),
                                    std::string(R"("\ud800")"),
                                    std::string("[\"\xc3\xa9\xe2\x82\xac\",\n\xc3\xa9"),
                                    std::string("[1e999]"),
                                    std::string("[NaN]"),
                                    std::string("{\"a\":[1,2,{\"b\":null}]}"),
                                    std::string("{}\0x", 4),
                                    std::string("{}\n\0", 4),
                                    std::string("12\0", 3),
                                    deep,
                                    std::string(1'000'000, '[')}) {
        for (const std::size_t size : {std::size_t{1}, std::size_t{3}, std::size_t{1000}, std::string::npos}) {
            EXPECT_EQ(complaint_of_check(text, size), complaint_of_parser(text)) << text.substr(0, 50);
        }
    }
}

}  // namespace
}  // namespace plocal::base
