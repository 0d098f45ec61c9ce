#include <gtest/gtest.h>

#include "server/model/validate.h"
#include "tests/unit/model/acts.h"

namespace plocal::model {
namespace {

using base::parse_json;

struct ClashCase {
    const char* name;
    const char* value;
    std::string expected;  // "path: text"; empty for none
};

std::string clash(const char* shape_name, const char* value) {
    const auto found = find_type_clash(acts_shape(shape_name), parse_json(value));
    return found ? found->path + ": " + found->text : "";
}

// Fidelity: seen | A wrong type is a SerializationException that names the token: `NUMBER_VALUE cannot be converted to
//   String` | sibling DynamoDB: architect/dynalite, validations/index.js
// Fidelity: inferred | A string is not accepted for a boolean, nor a fraction for an integer; Kinesis, whose messages
//   are older, converts them | -
TEST(FindTypeClash, ReportsTheTokenAndTheExpectedType) {
    const ClashCase cases[] = {
        {"integer for string", R"({"text":1})", "text: NUMBER_VALUE cannot be converted to String"},
        {"fraction for string", R"({"text":1.5})", "text: DECIMAL_VALUE cannot be converted to String"},
        {"true for string", R"({"text":true})", "text: TRUE_VALUE cannot be converted to String"},
        {"false for string", R"({"text":false})", "text: FALSE_VALUE cannot be converted to String"},
        {"string for integer", R"({"any":"1"})", "any: STRING_VALUE cannot be converted to Integer"},
        {"true for integer", R"({"any":true})", "any: TRUE_VALUE cannot be converted to Integer"},
        {"fraction for integer", R"({"any":25.5})", "any: DECIMAL_VALUE cannot be converted to Integer"},
        {"whole fraction for integer", R"({"any":25.0})", "any: DECIMAL_VALUE cannot be converted to Integer"},
        {"exponent for integer", R"({"any":1e2})", "any: DECIMAL_VALUE cannot be converted to Integer"},
        {"too large an integer", R"({"any":2147483648})", "any: NUMBER_VALUE cannot be converted to Integer"},
        {"too small an integer", R"({"any":-2147483649})", "any: NUMBER_VALUE cannot be converted to Integer"},
        {"largest of all", R"({"any":18446744073709551615})", "any: NUMBER_VALUE cannot be converted to Integer"},
        {"string for double", R"({"weight":"0.5"})", "weight: STRING_VALUE cannot be converted to Double"},
        {"false for double", R"({"weight":false})", "weight: FALSE_VALUE cannot be converted to Double"},
        {"string for boolean", R"({"flag":"true"})", "flag: STRING_VALUE cannot be converted to Boolean"},
        {"integer for boolean", R"({"flag":1})", "flag: NUMBER_VALUE cannot be converted to Boolean"},
        {"fraction for boolean", R"({"flag":0.0})", "flag: DECIMAL_VALUE cannot be converted to Boolean"},
        {"string for timestamp", R"({"date":"2024-01-01"})", "date: STRING_VALUE cannot be converted to Timestamp"},
        {"object for string", R"({"text":{}})", "text: Start of structure or map found where not expected"},
        {"object for integer", R"({"any":{}})", "any: Start of structure or map found where not expected"},
        {"object for list", R"({"words":{}})", "words: Start of structure or map found where not expected"},
        {"list for string", R"({"text":[]})", "text: Unexpected field type"},
        {"list for map", R"({"map":[]})", "map: Unexpected field type"},
        {"list for structure", R"({"outer":[]})", "outer: Unexpected field type"},
        {"string for list", R"({"words":"a"})", "words: Unexpected field type"},
        {"integer for map", R"({"map":1})", "map: Unexpected field type"},
        {"true for structure", R"({"outer":true})", "outer: Unexpected field type"},
    };
    for (const ClashCase& one : cases) EXPECT_EQ(clash("In", one.value), one.expected) << one.name;
}

TEST(FindTypeClash, AcceptsMatchingTypes) {
    const ClashCase cases[] = {
        {"the ends of 32 bits", R"({"any":2147483647,"count":-2147483648})", ""},
        {"an integer for a double", R"({"weight":1})", ""},
        {"a fraction for a timestamp", R"({"date":1700000000.5})", ""},
        {"nulls anywhere", R"({"text":null,"words":[null],"map":{"a":null},"outer":{"inner":null},"tags":[null]})", ""},
        {"members that the shape does not name", R"({"Text":1,"owner":{"a":[1]}})", ""},
        {"null itself", "null", ""},
    };
    for (const ClashCase& one : cases) EXPECT_EQ(clash("In", one.value), one.expected) << one.name;
}

TEST(FindTypeClash, ReportsThePath) {
    const ClashCase cases[] = {
        {"the value itself", "[]", ": Unexpected field type"},
        {"a structure's member", R"({"outer":{"inner":{"path":1}}})",
         "outer.inner.path: NUMBER_VALUE cannot be converted to String"},
        {"a list's element", R"({"words":["a",1]})", "words.2.member: NUMBER_VALUE cannot be converted to String"},
        {"a structure's member in a list", R"({"tags":[{},{"tagKey":1}]})",
         "tags.2.member.tagKey: NUMBER_VALUE cannot be converted to String"},
        {"a list in a list", R"({"table":[[],["a",{}]]})",
         "table.2.member.2.member: Start of structure or map found where not expected"},
        {"a map's value", R"({"map":{"k":1}})", "map.k.member: NUMBER_VALUE cannot be converted to String"},
        {"a structure's member in a map", R"({"attributes":{"":{"tagKey":1}}})",
         "attributes..member.tagKey: NUMBER_VALUE cannot be converted to String"},
        {"the first in the value's own order", R"({"any":"1","text":1})",
         "any: STRING_VALUE cannot be converted to Integer"},
    };
    for (const ClashCase& one : cases) EXPECT_EQ(clash("In", one.value), one.expected) << one.name;
}

}  // namespace
}  // namespace plocal::model
