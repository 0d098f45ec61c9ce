#include "server/service/s3/xml.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace plocal::s3 {
namespace {

/// "path=text" of each element as it ends, and last the fault.
std::vector<std::string> read(std::string_view document) {
    std::vector<std::string> lines;
    const std::string fault = read_xml(document, [&lines](std::string_view path, const std::string& text) {
        lines.push_back(std::string(path) + "=" + text);
    });
    lines.push_back(fault);
    return lines;
}

using Lines = std::vector<std::string>;

TEST(Xml, IsReadElementByElement) {
    const struct {
        const char* name;
        const char* document;
        Lines lines;
    } cases[] = {
        {"nested elements", "<a><b>1</b><b>2</b></a>", {"a/b=1", "a/b=2", "a=", ""}},
        {"a declaration, comments and blanks",
         "<?xml version=\"1.0\"?>\n<!-- a > b --><a> <b/>\n</a>\n",
         {"a/b=", "a= \n", ""}},
        {"a byte-order mark", "\xEF\xBB\xBF<a/>", {"a=", ""}},
        {"attributes and namespaces", "<s3:a xmlns:s3='u>' b = \"/>\"><s3:b c='d'/></s3:a >", {"a/b=", "a=", ""}},
        {"references", "<a>&lt;&amp;&gt;&quot;&apos;&#65;&#x20AC;&#x1F600;</a>", {"a=<&>\"'A\u20AC\U0001F600", ""}},
        {"CDATA", "<a>x<![CDATA[<&amp;]]>y</a>", {"a=x<&amp;y", ""}},
        {"text in parts", "<a>1<b>2</b>3<!-- 4 -->5</a>", {"a/b=2", "a=135", ""}},
    };
    for (const auto& each : cases) EXPECT_EQ(read(each.document), each.lines) << each.name;
}

TEST(Xml, IsRefusedWhereItIsMalformed) {
    const struct {
        std::string document;
        const char* fault;
    } cases[] = {
        {"", "no element at byte 0"},
        {"not found", "text outside of the root at byte 9"},
        {"<a>", "no end of <a> at byte 3"},
        {"<a><b></a>", "an unexpected </a> at byte 9"},
        {"</a>", "an unexpected </a> at byte 3"},
        {"<a/><b/>", "a second root at byte 5"},
        {"<a/>x", "text outside of the root at byte 5"},
        {"<a", "no name at byte 2"},
        {"<>", "no name at byte 1"},
        {"<a b>", "no '=' at byte 4"},
        {"<a b=c>", "no quote at byte 5"},
        {"<a b='c>", "no ''' at byte 6"},
        {"<a>&nbsp;</a>", "an unknown reference at byte 9"},
        {"<a>&#0;</a>", "an unknown reference at byte 7"},
        {"<a>&#xD800;</a>", "an unknown reference at byte 11"},
        {"<a>&#x110000;</a>", "an unknown reference at byte 13"},
        {"<a>& b</a>", "an unknown reference at byte 6"},
        {"<!-- a", "no '-->' at byte 4"},
        {"<a><![CDATA[b</a>", "no ']]>' at byte 12"},
        {"<![CDATA[b]]><a/>", "text outside of the root at byte 9"},
        {"<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "a document type at byte 2"},
    };
    for (const auto& each : cases) EXPECT_EQ(read(each.document).back(), each.fault) << each.document;
}

// Faults become failure reasons, which are sent as JSON.
TEST(Xml, HasFaultsInUtf8WhateverItsNames) {
    EXPECT_EQ(read("<a></\xFF\n>").back(), "an unexpected </?> at byte 6");
    EXPECT_EQ(read("<\xFF\x01").back(), "no name at byte 3");
    EXPECT_EQ(read("<\xFF>").back(), "no end of <?> at byte 3");
    EXPECT_LT(read("<" + std::string(100'000, 'a') + ">").back().size(), 400U);
}

TEST(OneLine, IsShortAndWellFormed) {
    EXPECT_EQ(one_line("a\r\nb\x7f\xFF"
                       "ä"),
              "a  b ?ä");
    EXPECT_EQ(one_line(std::string(1'000, 'a')).size(), 300U);
}

TEST(Xml, IsRefusedWhereItIsTooDeep) {
    std::string document;
    for (int i = 0; i < 100'000; ++i) document += "<a>";
    EXPECT_EQ(read(document).back(), "too many elements in each other at byte 97");
}

TEST(Xml, EndsForEveryCutAndEveryChangedByte) {
    const std::string document = "<?xml version='1'?><a b='c'><!-- d --><e>&lt;<![CDATA[f]]></e></a>";
    for (std::size_t size = 0; size < document.size(); ++size) {
        EXPECT_NE(read(document.substr(0, size)).back(), "") << size;
        for (const char c : {'<', '>', '&', '\'', '/', '!', '\0'}) {
            std::string changed = document;
            changed[size] = c;
            EXPECT_LE(read(changed).size(), 4U) << changed;
        }
    }
}

TEST(Xml, EscapesWhatHasAMeaning) {
    EXPECT_EQ(xml_escaped("\"a<b>&'c"), "&quot;a&lt;b&gt;&amp;&apos;c");
    EXPECT_EQ(read("<a>" + xml_escaped("\"a<b>&'c") + "</a>").front(), "a=\"a<b>&'c");
}

}  // namespace
}  // namespace plocal::s3
