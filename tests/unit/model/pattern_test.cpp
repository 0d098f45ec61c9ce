#include "server/model/pattern.h"

#include <set>
#include <stdexcept>

#include <gtest/gtest.h>

#include "server/model/service.h"

namespace plocal::model {
namespace {

constexpr const char* arn = R"(arn:([a-z\d-]+):personalize:.*:.*:.+)";
constexpr const char* source = R"(^[\x20-\x7E]*[\x21-\x7E]+[\x20-\x7E]*$)";
constexpr const char* tag = R"(^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$)";

struct PatternCase {
    const char* name;
    const char* pattern;
    std::string value;
    bool matches;
};

// Fidelity: seen | A pattern must match the whole value, though many lack a `$` | sibling Kinesis: mhart/kinesalite,
//   validations/index.js; sibling Forecast: aws-samples/amazon-forecast-samples#118
TEST(Pattern, MatchesTheWholeValue) {
    const PatternCase cases[] = {
        {"a name", R"(^[a-zA-Z0-9][a-zA-Z0-9\-_]*)", "job-1_a", true},
        {"a name with a tail that does not belong", R"(^[a-zA-Z0-9][a-zA-Z0-9\-_]*)", "job 1", false},
        {"a name with a head that does not belong", R"([a-z]+)", "-job", false},
        {"an empty name", R"(^[a-zA-Z0-9][a-zA-Z0-9\-_]*)", "", false},
        {"a name and a line end", R"(^[A-Za-z_]+$)", "Users\n", false},
        {"an ARN", arn, "arn:aws:personalize:us-east-1:000000000000:campaign/c", true},
        {"an ARN of another partition", arn, "arn:aws-us-gov:personalize:::x", true},
        {"an ARN of another service", arn, "arn:aws:s3:us-east-1:000000000000:campaign/c", false},
        {"an ARN without a resource", arn, "arn:aws:personalize:us-east-1:000000000000:", false},
        {"one of several words", "(s3|http|https)://.+", "https://bucket", true},
        {"the longer word first", "(s3|http|https)://.+", "s3s://bucket", false},
        {"escaped brackets", R"(rate\(\d+ days?\))", "rate(1 day)", true},
        {"too many words", R"(rate\(\d+ days?\))", "rate(1 day) ", false},
        {"a counted class", "[0-9]{12}", "000000000000", true},
        {"a counted class, one more", "[0-9]{12}", "0000000000000", false},
    };
    for (const PatternCase& one : cases) EXPECT_EQ(Pattern(one.pattern).matches(one.value), one.matches) << one.name;
}

// Fidelity: inferred | Patterns follow Java syntax, since the service's own messages come from Java | -
TEST(Pattern, FollowsJavaSyntax) {
    const PatternCase cases[] = {
        {"letters of any script", tag,
         "Gr\xc3\xb6\xc3\x9f"
         "e \xd0\xb6 \xe6\x97\xa5=1",
         true},
        {"a sign that is no letter", tag, "a!", false},
        {"a space that is none of ASCII's", tag,
         "a\xc2\xa0"
         "b",
         true},
        {"nothing", tag, "", true},
        {"ASCII", R"(\p{ASCII}{0,1500})", std::string("a\n\x7f~", 4) + std::string(1, '\0'), true},
        {"nothing as ASCII", R"(\p{ASCII}{0,1500})", "", true},
        {"more than ASCII", R"(\p{ASCII}{0,1500})", "\xc3\xa9", false},
        {"ASCII within a class", R"([\p{ASCII}\x{e9}]+)", "caf\xc3\xa9", true},
        {"a dot within a class is a dot", "[.]", "a", false},
        {"an escaped dot is a dot", R"(a\.b)", "axb", false},
        {"a dot is one character, not one byte", "a.b",
         "a\xe2\x82\xac"
         "b",
         true},
        {"a dot is no line feed", ".*", "a\nb", false},
        {"a dot is no carriage return", ".*", "a\rb", false},
        {"a dot is no line separator", ".*",
         "a\xe2\x80\xa8"
         "b",
         false},
        {"an open repetition", "a{2,}", std::string(2000, 'a'), true},
        {"at least so many", "a{2,1500}", "a", false},
        {"a backslash in a class", R"([\]\\]+)", R"(]\])", true},
    };
    for (const PatternCase& one : cases) EXPECT_EQ(Pattern(one.pattern).matches(one.value), one.matches) << one.name;
}

// Fidelity: seen | A message spells the pattern as the model does | sibling Forecast:
//   aws-samples/amazon-forecast-samples#118
TEST(Pattern, KeepsTheSpellingOfTheModel) {
    EXPECT_EQ(Pattern(R"(\p{ASCII}{0,1500})").text(), R"(\p{ASCII}{0,1500})");
}

TEST(Pattern, RefusesUnsupportedSyntax) {
    for (const char* text : {"(", "a{2", "(?=a)b", R"((a)\1)", "[a[b]]", "[a", "a{1500}", "a\\"}) {
        EXPECT_THROW(static_cast<void>(Pattern(text).matches("a")), std::runtime_error) << text;
    }
}

// A backtracking engine needs seconds or years for each of these, or exhausts its stack.
TEST(Pattern, StaysFastForHostileValues) {
    EXPECT_FALSE(Pattern(arn).matches("arn:a:personalize:" + std::string(237, ':') + "\n"));
    EXPECT_TRUE(Pattern(arn).matches("arn:a:personalize:" + std::string(238, ':')));
    EXPECT_FALSE(Pattern(source).matches(std::string(1023, 'a') + "\n"));
    EXPECT_FALSE(Pattern(source).matches(std::string(1024, ' ')));
    EXPECT_FALSE(Pattern("(a*)*b").matches(std::string(100'000, 'a')));
}

void collect(const Shape& shape, std::set<const Shape*>& shapes) {
    if (!shapes.insert(&shape).second) return;
    for (const Member& member : shape.members) collect(*member.shape, shapes);
    if (shape.key != nullptr) collect(*shape.key, shapes);
    if (shape.element != nullptr) collect(*shape.element, shapes);
}

TEST(Pattern, OfEveryShapeMatchesAHundredThousandCharacters) {
    std::set<const Shape*> shapes;
    for (const Service* service : {&personalize(), &personalize_runtime(), &personalize_events()}) {
        for (const Operation& operation : service->operations()) {
            collect(*operation.input, shapes);
            if (operation.output != nullptr) collect(*operation.output, shapes);
        }
    }
    std::size_t patterns = 0;
    for (const Shape* shape : shapes) {
        if (!shape->pattern) continue;
        ++patterns;
        for (const char* start : {"", "arn:aws:personalize:", "arn:aws:iam::000000000000:role", "s3://", "rate("}) {
            for (const char filling : {'a', ':', '7'}) {
                const std::string hostile = start + std::string(100'000, filling) + "\x01\xc3\xa9\n";
                EXPECT_FALSE(shape->pattern->matches(hostile)) << shape->name;
            }
        }
    }
    EXPECT_GT(patterns, 12u);
}

}  // namespace
}  // namespace plocal::model
