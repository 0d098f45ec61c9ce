#include "server/model/validate.h"

#include <gtest/gtest.h>

#include "server/model/service.h"
#include "tests/unit/model/acts.h"

namespace plocal::model {
namespace {

using base::Json;
using base::parse_json;

struct Case {
    const char* name;
    const char* value;
    std::string expected;  // "value at path: constraint", joined by "; "; empty for none
};

std::string violations(const char* shape_name, const char* value) {
    std::string all;
    for (const Violation& one : find_violations(acts_shape(shape_name), parse_json(value))) {
        all += (all.empty() ? "" : "; ") + one.value + " at " + one.path + ": " + one.constraint;
    }
    return all;
}

// Fidelity: seen | Violations of lengths, values, patterns and enumerations are reported in sentences like `Member must
//   have length less than or equal to 63` | siblings: localstack/localstack, recorded answers of several services;
//   sibling Kinesis: mhart/kinesalite, validations/index.js
// Fidelity: inferred | Enumeration values are listed in the order of the model; siblings use an order that looks like
//   that of a hash table | -
TEST(FindViolations, ReportsTheBrokenConstraintOfAScalar) {
    const Case cases[] = {
        {"too short", R"({"long":"ab"})", "'ab' at long: Member must have length greater than or equal to 3"},
        {"too long", R"({"short":"abcd"})", "'abcd' at short: Member must have length less than or equal to 3"},
        {"too long in characters", R"({"short":"\u00e9\u00e9\u00e9\u00e9"})",
         "'\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9' at short: Member must have length less than or equal to 3"},
        {"pattern", R"({"word":"A1"})", "'A1' at word: Member must satisfy regular expression pattern: [a-z]+"},
        {"pattern and then length", R"({"word":""})",
         "'' at word: Member must satisfy regular expression pattern: [a-z]+; "
         "'' at word: Member must have length greater than or equal to 2"},
        {"pattern and then too long", R"({"word":"ABCD"})",
         "'ABCD' at word: Member must satisfy regular expression pattern: [a-z]+; "
         "'ABCD' at word: Member must have length less than or equal to 3"},
        {"enum", R"({"colour":"red"})", "'red' at colour: Member must satisfy enum value set: [RED, BLUE]"},
        {"integer too small", R"({"count":0})", "'0' at count: Member must have value greater than or equal to 1"},
        {"integer too large", R"({"count":101})", "'101' at count: Member must have value less than or equal to 100"},
        {"double too small", R"({"weight":-1e-4})",
         "'-1.0E-4' at weight: Member must have value greater than or equal to 0.0"},
        {"integer in a double", R"({"weight":1})", "'1.0' at weight: Member must have value less than or equal to 0.5"},
    };
    for (const Case& one : cases) EXPECT_EQ(violations("In", one.value), one.expected) << one.name;
}

TEST(FindViolations, ReportsNothingForAValidInput) {
    const Case cases[] = {
        {"nothing", "{}", ""},
        {"nulls", R"({"short":null,"count":null,"tags":null,"outer":null})", ""},
        {"three characters of more bytes", R"({"short":"\u20ac\u00e9\ud83d\ude00"})", ""},
        {"the bounds themselves",
         R"({"short":"a","count":100,"weight":0.5,"words":["ab","abc"],"tags":[{"tagKey":"k"}]})", ""},
        {"null elements and entries", R"({"words":[null,"ab"],"tags":[null],"map":{"ab":null}})", ""},
        {"what the shape does not name", R"({"Short":"","owner":""})", ""},
    };
    for (const Case& one : cases) EXPECT_EQ(violations("In", one.value), one.expected) << one.name;
}

// Fidelity: seen | A required member that is missing or null is reported as `Value null`, without quotes | siblings:
//   localstack/localstack, recorded answers of several services; sibling Kinesis: mhart/kinesalite,
//   validations/index.js
TEST(FindViolations, ReportsMissingRequiredMembers) {
    const Case cases[] = {
        {"in the shape's order", R"({"c":true})",
         "null at b: Member must not be null; null at a: Member must not be null"},
        {"null like absent", R"({"a":"","b":null,"c":false})", "null at b: Member must not be null"},
        {"all of nothing", "null",
         "null at b: Member must not be null; null at a: Member must not be null; null at c: Member must not be null"},
    };
    for (const Case& one : cases) EXPECT_EQ(violations("Strict", one.value), one.expected) << one.name;
}

// Fidelity: seen | Paths look like `tags.1.member.tagKey`, counted from one, and `attributes.KEY.member` in a map |
//   siblings: localstack/localstack, recorded answers of several services
// Fidelity: seen | The size of a list is reported as its length; violations of its scalars are reported once, for the
//   whole list | siblings: localstack/localstack, recorded answers of several services
// Fidelity: seen | Violations of map keys and values are reported as `Map keys must satisfy constraint` and `Map value
//   must satisfy constraint` | siblings: boto/boto3#2601; siblings: localstack/localstack, recorded answers of several
//   services
TEST(FindViolations, ChecksValuesInsideContainers) {
    const std::string word =
        "[Member must have length less than or equal to 3, Member must have length greater than or "
        "equal to 2, Member must satisfy regular expression pattern: [a-z]+]";
    const std::string brief =
        "[Member must have length less than or equal to 3, Member must have length greater than or equal to 1]";
    const Case cases[] = {
        {"a structure's member", R"({"outer":{"inner":{}}})", "null at outer.inner.path: Member must not be null"},
        {"a list too long", R"({"words":["ab","cd","ef"]})",
         "'[ab, cd, ef]' at words: Member must have length less than or equal to 2"},
        {"a list too short", R"({"tags":[]})", "'[]' at tags: Member must have length greater than or equal to 1"},
        {"several bad elements, reported once", R"({"words":["a","B"]})",
         "'[a, B]' at words: Member must satisfy constraint: " + word},
        {"an enum's element", R"({"colours":["RED","red"]})",
         "'[RED, red]' at colours: Member must satisfy constraint: [Member must satisfy enum value set: [RED, BLUE]]"},
        {"a number's element", R"({"counts":[0]})",
         "'[0]' at counts: Member must satisfy constraint: [Member must have value less than or equal to 100, "
         "Member must have value greater than or equal to 1]"},
        {"structures in a list", R"({"tags":[{"tagKey":"k"},{"tagKey":"long","tagValue":"v"}]})",
         "'long' at tags.2.member.tagKey: Member must have length less than or equal to 3"},
        {"a list of structures too long", R"({"tags":[{"tagKey":"a","tagValue":"b"},{"tagKey":"c"},null]})",
         "'[Tag(tagKey=a, tagValue=b), Tag(tagKey=c, tagValue=null), null]' at tags: Member must have length less than "
         "or equal to 2"},
        {"a list in a list", R"({"table":[["ab"],["a"]]})",
         "'[a]' at table.2.member: Member must satisfy constraint: " + word},
        {"a map too large", R"({"map":{"ab":"a","cd":"c","ef":"e"}})",
         "'{ab=a, cd=c, ef=e}' at map: Member must have length less than or equal to 2"},
        {"a map's keys", R"({"map":{"AB":"a","ab":"a"}})",
         "'{AB=a, ab=a}' at map: Map keys must satisfy constraint: " + word},
        {"a map's values", R"({"map":{"ab":"","cd":""}})",
         "'{ab=, cd=}' at map: Map value must satisfy constraint: " + brief},
        {"keys before values", R"({"map":{"A":""}})",
         "'{A=}' at map: Map keys must satisfy constraint: " + word +
             "; '{A=}' at map: Map value must satisfy constraint: " + brief},
        {"structures in a map", R"({"attributes":{"a.b":{}}})",
         "null at attributes.a.b.member.tagKey: Member must not be null"},
        {"a list in a map", R"({"groups":{"g":["a"]}})",
         "'[a]' at groups.g.member: Member must satisfy constraint: " + word},
    };
    for (const Case& one : cases) EXPECT_EQ(violations("In", one.value), one.expected) << one.name;
}

// Fidelity: seen | A list of structures is printed as Java prints it: `[Tag(tagKey=a, tagValue=null)]` | siblings:
//   localstack/localstack, recorded answers of several services
TEST(FindViolations, PrintsEveryTypeInAStructureAsJavaDoes) {
    const Service service(R"({"service": "Acts", "protocol": "aws-json", "errors": {}, "operations": {}, "shapes": {
        "T": ["string"], "I": ["integer"], "D": ["double"], "B": ["boolean"], "L": ["list", "T"],
        "M": ["map", "T", "D"],
        "S": {"t": "T", "i": "I", "d": "D", "b": "B", "l": "L", "m": "M"}, "Few": ["list", "S", {"max": 0}]}})");
    const Json value = parse_json(R"([{"m":{"x":1},"l":["a","b"],"b":false,"d":2,"i":-3,"t":"x y","z":9}])");
    const auto found = find_violations(*service.shape("Few"), value);
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].path, "");
    EXPECT_EQ(found[0].value, "'[S(t=x y, i=-3, d=2.0, b=false, l=[a, b], m={x=1.0})]'");
}

// Fidelity: inferred | Violations are reported in the order of the model, since Kinesis uses neither alphabetical order
//   nor the order of the request | -
TEST(FindViolations, FollowsTheOrderOfTheShapeNotOfTheInput) {
    EXPECT_EQ(violations("In", R"({"colour":"x","short":""})"),
              "'' at short: Member must have length greater than or equal to 1; "
              "'x' at colour: Member must satisfy enum value set: [RED, BLUE]");
}

// Fidelity: seen | The message is `N validation errors detected: ` and one sentence per violation, joined by `; `,
//   without a full stop | siblings: localstack/localstack, recorded answers of several services; sibling Forecast:
//   aws-samples/amazon-forecast-samples#118
TEST(ValidationMessage, CountsAndJoinsTheViolations) {
    const std::vector<Violation> one = {{"roleArn", "null", "Member must not be null"}};
    EXPECT_EQ(
        validation_message(one),
        "1 validation error detected: Value null at 'roleArn' failed to satisfy constraint: Member must not be null");
    const std::vector<Violation> two = {one[0],
                                        {"maxResults", "'0'", "Member must have value greater than or equal to 1"}};
    EXPECT_EQ(
        validation_message(two),
        "2 validation errors detected: Value null at 'roleArn' failed to satisfy constraint: Member must not be null; "
        "Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1");
}

TEST(ValidationMessage, OfARealOperationMatchesTheService) {
    const Json input =
        parse_json(R"({"jobName":"_x","solutionVersionArn":"arn:aws:personalize:us-east-1:000000000000:solution/a/b",
        "jobInput":{"s3DataSource":{"path":"bucket/key"}},"jobOutput":{"s3DataDestination":{}}})");
    EXPECT_EQ(validation_message(find_violations(*personalize().operation("CreateBatchInferenceJob")->input, input)),
              "4 validation errors detected: Value '_x' at 'jobName' failed to satisfy constraint: Member must satisfy "
              "regular "
              "expression pattern: ^[a-zA-Z0-9][a-zA-Z0-9\\-_]*; Value 'bucket/key' at 'jobInput.s3DataSource.path' "
              "failed to satisfy "
              "constraint: Member must satisfy regular expression pattern: (s3|http|https)://.+; Value null at "
              "'jobOutput.s3DataDestination.path' failed to satisfy constraint: Member must not be null; Value null at "
              "'roleArn' failed "
              "to satisfy constraint: Member must not be null");
}

}  // namespace
}  // namespace plocal::model
