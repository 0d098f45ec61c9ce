#include "server/model/languages/metric_expression.h"

#include <string>

#include <gtest/gtest.h>

#include "server/model/api_error.h"

namespace plocal::languages {
namespace {

std::string metric_of(const std::string& text) {
    try {
        const MetricExpression metric = parse_metric_expression(text);
        return (metric.is_count ? "count" : "sum") + std::string("|") + metric.dataset + "|" + metric.column;
    } catch (const model::ApiError& error) {
        EXPECT_EQ(error.name(), "InvalidInputException");
        EXPECT_FALSE(error.why().empty());
        EXPECT_EQ(error.evidence(), model::Evidence::documented);
        return error.message();
    }
}

// Fidelity: documented | A metric is SAMPLECOUNT() or a SUM over a column of Items or Interactions |
//   DG/API_MetricAttribute.html
TEST(MetricExpression, IsASumOverAColumnOrACount) {
    const struct {
        std::string text;
        std::string expected;
    } cases[] = {
        {"SAMPLECOUNT()", "count||"},
        {"SUM(Items.LENGTH)", "sum|ITEMS|LENGTH"},
        {"SUM(ITEMS.MARGIN)", "sum|ITEMS|MARGIN"},
        {"SUM(Interactions.EVENT_VALUE)", "sum|INTERACTIONS|EVENT_VALUE"},
        {"SUM(interactions.price2)", "sum|INTERACTIONS|price2"},
        {"SUM(Items._p)", "sum|ITEMS|_p"},
        {"sum(items.PRICE)", "sum|ITEMS|PRICE"},
        {"SampleCount()", "count||"},
        {" SUM ( Items . PRICE ) ", "sum|ITEMS|PRICE"},
        {"SAMPLECOUNT( )", "count||"},
    };
    for (const auto& one : cases) EXPECT_EQ(metric_of(one.text), one.expected) << one.text;
}

// Fidelity: inferred | The messages about invalid metric expressions are our own, since no real message is public | -
TEST(MetricExpression, RefusesAnythingElseAndReportsThePosition) {
    const struct {
        std::string text;
        std::string expected;  // the message after "at character"
    } cases[] = {
        {"", "1: expected SUM or SAMPLECOUNT, found the end."},
        {"   ", "4: expected SUM or SAMPLECOUNT, found the end."},
        {"AVG(Items.PRICE)", "1: expected SUM or SAMPLECOUNT, found 'AVG'."},
        {"SUMS(Items.PRICE)", "1: expected SUM or SAMPLECOUNT, found 'SUMS'."},
        {"(SUM)", "1: expected SUM or SAMPLECOUNT, found '('."},
        {"\xc3\xa9SUM()", "1: expected SUM or SAMPLECOUNT, found '\xc3\xa9'."},
        {"SUM", "4: expected '(', found the end."},
        {"SUM[Items.PRICE]", "4: expected '(', found '['."},
        {"SUM()", "5: expected Items or Interactions, found ')'."},
        {"SUM(Users.AGE)", "5: expected Items or Interactions, found 'Users'."},
        {"SUM( PRICE)", "6: expected Items or Interactions, found 'PRICE'."},
        {"SUM(Items)", "10: expected '.', found ')'."},
        {"SUM(Items PRICE)", "11: expected '.', found 'PRICE'."},
        {"SUM(Items.)", "11: expected the name of a column, found ')'."},
        {"SUM(Items.2)", "11: expected the name of a column, found '2'."},
        {"SUM(Items.*)", "11: expected the name of a column, found '*'."},
        {"SUM(Items.PR\xc3\x84MIE)", "13: expected ')', found '\xc3\x84'."},
        {"SUM(Items.PRICE", "16: expected ')', found the end."},
        {"SUM(Items.PRICE, Items.TAX)", "16: expected ')', found ','."},
        {"SUM(Items.PRICE))", "17: expected nothing more, found ')'."},
        {"SUM(Items.PRICE) + 1", "18: expected nothing more, found '+'."},
        {"SAMPLECOUNT", "12: expected '(', found the end."},
        {"SAMPLECOUNT(Items.PRICE)", "13: expected ')', found 'Items'."},
        {"SUM(Items.PR\xc3\x84"
         "x\xe2\x82\xac)",
         "13: expected ')', found '\xc3\x84'."},
        {"SAMPLECOUNT()\xe2\x82\xac", "14: expected nothing more, found '\xe2\x82\xac'."},
    };
    for (const auto& one : cases) {
        EXPECT_EQ(metric_of(one.text), "Invalid metric expression at character " + one.expected) << one.text;
    }
}

}  // namespace
}  // namespace plocal::languages
