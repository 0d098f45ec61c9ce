#include "server/model/languages/avro/schema.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/model/api_error.h"

namespace plocal::languages {
namespace {

/// A field's JSON. "null|string" is a union; `flags` are set to true.
std::string field(const std::string& name, const std::string& types, const std::vector<std::string>& flags = {}) {
    std::string type = "\"" + types + "\"";
    if (types.find('|') != std::string::npos) {
        for (std::size_t at = 0; (at = type.find('|', at)) != std::string::npos; at += 3) type.replace(at, 1, "\",\"");
        type = "[" + type + "]";
    }
    std::string json = R"({"name":")" + name + R"(","type":)" + type;
    for (const std::string& flag : flags) json += ",\"" + flag + "\":true";
    return json + "}";
}

std::string record(const std::string& name, const std::vector<std::string>& fields) {
    std::string joined;
    for (const std::string& one : fields) joined += (joined.empty() ? "" : ",") + one;
    return R"({"type":"record","name":")" + name + R"(","namespace":"com.amazonaws.personalize.schema","fields":[)" +
           joined + R"(],"version":"1.0"})";
}

std::string interactions(std::vector<std::string> more) {
    more.insert(more.begin(), {field("USER_ID", "string"), field("ITEM_ID", "string"), field("TIMESTAMP", "long")});
    return record("Interactions", more);
}

std::string items(std::vector<std::string> more) {
    more.insert(more.begin(), field("ITEM_ID", "string"));
    return record("Items", more);
}

std::string users(std::vector<std::string> more) {
    more.insert(more.begin(), field("USER_ID", "string"));
    return record("Users", more);
}

std::string actions(std::vector<std::string> more) {
    more.insert(more.begin(), field("ACTION_ID", "string"));
    return record("Actions", more);
}

std::string shop_items(std::vector<std::string> more) {
    more.insert(more.begin(), {field("PRICE", "float"), field("CATEGORY_L1", "string", {"categorical"})});
    return items(more);
}

std::string video_items(std::vector<std::string> more) {
    more.insert(more.begin(), {field("GENRES", "string", {"categorical"}), field("CREATION_TIMESTAMP", "long")});
    return items(more);
}

std::string events(std::vector<std::string> more) {
    more.insert(more.begin(), field("EVENT_TYPE", "string"));
    return interactions(more);
}

std::string action_interactions(std::vector<std::string> more) {
    more.insert(more.begin(), {field("USER_ID", "string"), field("ACTION_ID", "string"), field("EVENT_TYPE", "string"),
                               field("TIMESTAMP", "long")});
    return record("ActionInteractions", more);
}

std::vector<std::string> numbered(const std::string& name, int count) {
    std::vector<std::string> fields;
    for (int i = 1; i <= count; ++i) fields.push_back(field(name + std::to_string(i), "int"));
    return fields;
}

/// The message of the refusal, or "accepted".
std::string verdict(const std::string& text, const std::string& domain = "") {
    try {
        parse_avro_schema(text, domain);
    } catch (const model::ApiError& error) {
        EXPECT_EQ(error.name(), "InvalidInputException");
        EXPECT_EQ(error.status(), 400);
        EXPECT_FALSE(error.why().empty());
        return error.message();
    }
    return "accepted";
}

struct Case {
    std::string name;
    std::string domain;
    std::string schema;
    std::string expected;  // the message after "Invalid schema"
};

void expect_refusals(const std::vector<Case>& cases) {
    for (const Case& one : cases)
        EXPECT_EQ(verdict(one.schema, one.domain), "Invalid schema" + one.expected) << one.name;
}

void expect_accepted(const std::vector<Case>& cases) {
    for (const Case& one : cases) EXPECT_EQ(verdict(one.schema, one.domain), "accepted") << one.name;
}

const std::string shop = "ECOMMERCE";
const std::string video = "VIDEO_ON_DEMAND";

TEST(AvroSchema, ParsesIntoADatasetTypeAndColumns) {
    const AvroSchema schema =
        parse_avro_schema(items({field("GENRES", "null|string", {"categorical"}), field("CREATION_TIMESTAMP", "long"),
                                 field("PLOT", "string", {"textual"})}),
                          "");
    EXPECT_EQ(schema.dataset_type, "ITEMS");
    ASSERT_EQ(schema.columns.size(), 4U);
    const std::vector<std::string> nullable = {"null", "string"};
    EXPECT_EQ(schema.columns[1].name, "GENRES");
    EXPECT_EQ(schema.columns[1].types, nullable);
    EXPECT_TRUE(schema.columns[1].is_categorical);
    EXPECT_FALSE(schema.columns[1].is_textual);
    EXPECT_TRUE(schema.columns[3].is_textual);
    EXPECT_FALSE(schema.columns[3].is_categorical);
}

TEST(AvroSchema, FindsItsColumnsByName) {
    const AvroSchema schema = parse_avro_schema(users({field("AGE", "int|null")}), "");
    ASSERT_NE(schema.column("AGE"), nullptr);
    EXPECT_TRUE(schema.column("AGE")->may_be_null());
    EXPECT_TRUE(schema.column("AGE")->has_type("int"));
    EXPECT_FALSE(schema.column("AGE")->has_type("string"));
    EXPECT_FALSE(schema.column("USER_ID")->may_be_null());
    EXPECT_EQ(schema.column("age"), nullptr);
}

// Fidelity: documented | The record name of a schema is the type of its datasets | DG/how-it-works-dataset-schema.html
TEST(AvroSchema, TakesTheDatasetTypeFromTheRecordName) {
    const std::vector<std::string> interaction = {field("USER_ID", "string"), field("ITEM_ID", "string"),
                                                  field("TIMESTAMP", "long")};
    const std::vector<std::string> action = {field("USER_ID", "string"), field("ACTION_ID", "string"),
                                             field("EVENT_TYPE", "string"), field("TIMESTAMP", "long")};
    const struct {
        std::string schema;
        std::string type;
    } cases[] = {
        {record("Interactions", interaction), "INTERACTIONS"},
        {record("interactions", interaction), "INTERACTIONS"},
        {record("INTERACTIONS", interaction), "INTERACTIONS"},
        {items({field("A", "int")}), "ITEMS"},
        {users({field("A", "int")}), "USERS"},
        {actions({field("A", "int")}), "ACTIONS"},
        {record("ActionInteractions", action), "ACTION_INTERACTIONS"},
        {record("Action_interactions", action), "ACTION_INTERACTIONS"},
        {record("ACTION_INTERACTIONS", action), "ACTION_INTERACTIONS"},
    };
    for (const auto& one : cases) EXPECT_EQ(parse_avro_schema(one.schema, "").dataset_type, one.type) << one.schema;
}

// Fidelity: inferred | A record that is named User, Item or Interaction is taken, as public captures have it | -
TEST(AvroSchema, TakesTheSingularForADatasetType) {
    const std::string id_only = field("ITEM_ID", "string");
    const std::string events_of_items[] = {field("USER_ID", "string"), id_only, field("TIMESTAMP", "long")};
    const std::vector<std::string> interaction(std::begin(events_of_items), std::end(events_of_items));
    EXPECT_EQ(parse_avro_schema(record("Interaction", interaction), "").dataset_type, "INTERACTIONS");
    EXPECT_EQ(parse_avro_schema(record("Item", {id_only, field("A", "int")}), "").dataset_type, "ITEMS");
    EXPECT_EQ(parse_avro_schema(record("User", {field("USER_ID", "string"), field("A", "int")}), "").dataset_type,
              "USERS");
}

// Fidelity: inferred | Flags that are written as the texts "true" and "false" are taken: samples of AWS write them
//   so | -
TEST(AvroSchema, TakesATextForAFlagWithARemark) {
    const auto schema_with = [](const std::string& flag) {
        return parse_avro_schema(items({R"({"name":"A","type":"string",)" + flag + "}", field("B", "int")}), "");
    };
    const AvroSchema categorical = schema_with(R"("categorical":"true")");
    EXPECT_TRUE(categorical.columns[1].is_categorical);
    EXPECT_EQ(
        categorical.remarks,
        std::vector<std::string>{R"(/fields/1/categorical (A) is the text "true", which is taken for the boolean)"});
    const AvroSchema plain = schema_with(R"("textual":"false")");
    EXPECT_FALSE(plain.columns[1].is_textual);
    EXPECT_EQ(plain.remarks.size(), 1U);
    EXPECT_TRUE(schema_with(R"("categorical":true)").remarks.empty());
}

// Fidelity: documented | The schemas of a custom dataset group may have the fields, types and flags of the guide |
//   DG/custom-datasets-and-schemas.html
TEST(AvroSchema, AcceptsTheDocumentedSchemasForCustomGroups) {
    expect_accepted({
        {"no more than required", "", interactions({}), ""},
        {"events and context", "",
         interactions({field("EVENT_TYPE", "string"), field("EVENT_VALUE", "float|null"),
                       field("PLACE", "string", {"categorical"}), field("SCREEN", "string|null", {"categorical"}),
                       field("IMPRESSION", "string")}),
         ""},
        {"every reserved field", "",
         interactions({field("EVENT_TYPE", "string"), field("EVENT_VALUE", "null|float"),
                       field("IMPRESSION", "null|string"), field("RECOMMENDATION_ID", "string|null"),
                       field("EVENT_ATTRIBUTION_SOURCE", "string|null")}),
         ""},
        {"users", "", users({field("AGE", "int"), field("GENDER", "string", {"categorical"})}), ""},
        {"items", "",
         items({field("GENRES", "null|string", {"categorical"}), field("CREATION_TIMESTAMP", "long"),
                field("PLOT", "null|string", {"textual"})}),
         ""},
        {"items with a text alone", "", items({field("PLOT", "string|null", {"textual"})}), ""},
        {"names of a domain", "", items({field("PRICE", "double"), field("GENDER", "int")}), ""},
        {"actions", "",
         actions({field("VALUE", "null|long"), field("LEVEL", "null|string", {"categorical"}),
                  field("CREATION_TIMESTAMP", "long"), field("REPEAT_FREQUENCY", "long|null"),
                  field("EXPIRATION_TIMESTAMP", "long|null"), field("TYPE", "string|null")}),
         ""},
        {"the other name of an expiration", "",
         actions({field("ACTION_EXPIRATION_TIMESTAMP", "long|null"), field("LEVEL", "int")}), ""},
        {"action interactions", "",
         record("ActionInteractions", {field("USER_ID", "string"), field("ACTION_ID", "string"),
                                       field("EVENT_TYPE", "string"), field("TIMESTAMP", "long"),
                                       field("RECOMMENDATION_ID", "string|null"), field("IMPRESSION", "string|null")}),
         ""},
    });
}

// Fidelity: documented | The schemas of a domain may have the fields, types and flags of its page |
//   DG/ECOMMERCE-datasets-and-schemas.html; DG/VIDEO-ON-DEMAND-datasets-and-schemas.html
TEST(AvroSchema, AcceptsTheDocumentedSchemasForDomains) {
    expect_accepted({
        {"shop interactions", shop, interactions({field("EVENT_TYPE", "string")}), ""},
        {"shop interactions with context", shop,
         interactions({field("EVENT_TYPE", "string"), field("DISCOUNT", "string", {"categorical"})}), ""},
        {"shop users", shop, users({field("MEMBERSHIP", "string", {"categorical"})}), ""},
        {"shop items", shop, shop_items({}), ""},
        {"all fields of shop items", shop,
         shop_items({field("CATEGORY_L2", "string|null", {"categorical"}),
                     field("CATEGORY_L3", "string", {"categorical"}),
                     field("PRODUCT_DESCRIPTION", "string|null", {"textual"}), field("CREATION_TIMESTAMP", "long"),
                     field("AGE_GROUP", "null|string", {"categorical"}), field("ADULT", "string", {"categorical"}),
                     field("GENDER", "string|null", {"categorical"}), field("PROMOTED", "string|null")}),
         ""},
        {"the other type of a shop's creation timestamp", shop, shop_items({field("CREATION_TIMESTAMP", "float")}), ""},
        {"video interactions", video, interactions({field("EVENT_TYPE", "string")}), ""},
        {"video users", video, users({field("SUBSCRIPTION_MODEL", "string", {"categorical"})}), ""},
        {"video users of one's own", video, users({field("GENDER", "string", {"categorical"})}), ""},
        {"video items", video, video_items({}), ""},
        {"all fields of video items", video,
         video_items({field("PRICE", "float|null"), field("DURATION", "float"),
                      field("GENRE_L2", "string|null", {"categorical"}), field("GENRE_L3", "string", {"categorical"}),
                      field("AVERAGE_RATING", "float|null"), field("PRODUCT_DESCRIPTION", "string", {"textual"}),
                      field("CONTENT_OWNER", "string|null", {"categorical"}),
                      field("CONTENT_CLASSIFICATION", "string|null", {"categorical"})}),
         ""},
        {"category as a union of one", shop,
         items({field("PRICE", "float"), R"({"name":"CATEGORY_L1","type":["string"],"categorical":true})"}), ""},
    });
}

// Fidelity: inferred | A schema may contain anything that the guide does not forbid: refusing what AWS accepts would do
//   more harm | -
TEST(AvroSchema, AcceptsAnythingTheGuideDoesNotForbid) {
    const std::string user = field("USER_ID", "string");
    expect_accepted({
        {"no version", "",
         R"({"type":"record","name":"users","namespace":"a.b","fields":[)" + user + "," + field("AGE", "int") + "]}",
         ""},
        {"no namespace", "",
         R"({"type":"record","name":"Users","version":1,"fields":[)" + user + "," + field("AGE", "int") + "]}", ""},
        {"more attributes", "",
         R"({"doc":"mine","type":"record","name":"Users","aliases":["U"],"fields":[)" + user +
             R"(,{"name":"AGE","type":"int","default":0,"doc":"years","optional":true,"logicalType":"date"}]})",
         ""},
        {"flags that are off", "",
         R"({"type":"record","name":"Users","fields":[)" + user +
             R"(,{"name":"AGE","type":"int","categorical":false,"textual":false}]})",
         ""},
        {"required fields last", "", record("Users", {field("AGE", "int"), user}), ""},
        {"a string without a flag", "", users({field("NAME", "string")}), ""},
        {"both flags", "", items({field("PLOT", "string", {"categorical", "textual"})}), ""},
        {"a categorical id", "", record("Users", {field("USER_ID", "string", {"categorical"}), field("AGE", "int")}),
         ""},
        {"every primitive type", "",
         users({field("A", "boolean"), field("B", "double"), field("C", "float"), field("D", "int"), field("E", "long"),
                field("F", "string"), field("G", "null|boolean")}),
         ""},
        {"two types besides null", "", users({field("A", "int|null|string")}), ""},
        {"names that differ by case", "", users({field("AGE", "int"), field("Age", "int")}), ""},
        {"reserved names of other datasets", "", users({field("EVENT_VALUE", "int"), field("ITEM_ID", "long")}), ""},
        {"a creation timestamp that may be missing", "",
         items({field("CREATION_TIMESTAMP", "null|long"), field("YEAR", "int")}), ""},
        {"a creation timestamp that may be missing, in a domain", video,
         items({field("GENRES", "string", {"categorical"}), field("CREATION_TIMESTAMP", "long|null")}), ""},
        {"an unknown domain", "TRAVEL", interactions({}), ""},
    });
}

TEST(AvroSchema, RefusesAnythingButARecord) {
    expect_refusals({
        {"no JSON", "", "{\"type\":",
         ": not JSON: line 1, column 9: syntax error while parsing value - unexpected end of input; expected '[', '{', "
         "or "
         "a literal."},
        {"a comma too many", "", "{\"type\":\"record\",}",
         ": not JSON: line 1, column 18: syntax error while parsing object key - unexpected '}'; expected string "
         "literal."},
        {"a list", "", "[1]", ": expected a JSON object, found [1]."},
        {"a string", "", "\"record\"", ": expected a JSON object, found \"record\"."},
        {"no type", "", "{}", " at /type: expected \"record\", found nothing."},
        {"another type", "", R"({"type":"enum"})", " at /type: expected \"record\", found \"enum\"."},
        {"a union", "", R"({"type":["record"]})", " at /type: expected \"record\", found [\"record\"]."},
        {"a namespace that is no string", "", R"({"type":"record","namespace":7})",
         " at /namespace: expected a string, found 7."},
    });
}

TEST(AvroSchema, RefusesANameThatIsNotADatasetType) {
    const std::string place =
        R"( at /name: expected "Interactions", "Items", "Users", "Actions" or "ActionInteractions", found )";
    expect_refusals({
        {"none", "", R"({"type":"record"})", place + "nothing."},
        {"a number", "", R"({"type":"record","name":1})", place + "1."},
        {"unknown", "", record("Ratings", {}), place + "\"Ratings\"."},
        {"one action", "", record("Action", {}), place + "\"Action\"."},
        {"empty", "", record("", {}), place + "\"\"."},
        {"blank", "", record("Items ", {}), place + "\"Items \"."},
    });
}

TEST(AvroSchema, TruncatesALongNameAtACharacterBoundary) {
    const std::string letters(78, 'x');
    const auto found = [](const std::string& name) {
        const std::string message = verdict(record(name, {}));
        return message.substr(message.find("found "));
    };
    EXPECT_EQ(found(letters), "found \"" + letters + "\".");
    EXPECT_EQ(found(letters + "yz"), "found \"" + letters + "y....");
    EXPECT_EQ(found(letters + "\xc3\xa9"), "found \"" + letters + "....");
    EXPECT_EQ(found(letters.substr(1) + "\xe2\x82\xac"), "found \"" + letters.substr(1) + "....");
}

// Fidelity: inferred | A domain has no datasets of actions, since the guide describes none | -
TEST(AvroSchema, RefusesAnActionsSchemaInADomain) {
    expect_refusals({
        {"actions", shop, actions({field("A", "int")}),
         " at /name: expected Interactions, Items or Users in the domain ECOMMERCE, found ACTIONS."},
        {"action interactions", video, record("ActionInteractions", {}),
         " at /name: expected Interactions, Items or Users in the domain VIDEO_ON_DEMAND, found ACTION_INTERACTIONS."},
    });
}

TEST(AvroSchema, RefusesInvalidFields) {
    const std::string start = R"({"type":"record","name":"Users")";
    expect_refusals({
        {"none", "", start + "}", " at /fields: expected a list of fields, found nothing."},
        {"an object", "", start + R"(,"fields":{}})", " at /fields: expected a list of fields, found {}."},
        {"a string", "", record("Users", {"\"USER_ID\""}),
         " at /fields/0: expected an object with a name and a type, found \"USER_ID\"."},
        {"the third", "", users({field("AGE", "int"), "null"}),
         " at /fields/2: expected an object with a name and a type, found null."},
    });
}

TEST(AvroSchema, RefusesFieldNamesThatAreNotAlphanumeric) {
    const std::string place = " at /fields/1/name: expected letters, digits and underscores, no digit first, found ";
    expect_refusals({
        {"none", "", users({R"({"type":"int"})"}), place + "nothing."},
        {"a number", "", users({R"({"name":5,"type":"int"})"}), place + "5."},
        {"empty", "", users({field("", "int")}), place + "\"\"."},
        {"a digit first", "", users({field("2ND", "int")}), place + "\"2ND\"."},
        {"a hyphen", "", users({field("AGE-GROUP", "int")}), place + "\"AGE-GROUP\"."},
        {"a blank", "", users({field("AGE ", "int")}), place + "\"AGE \"."},
        {"a dot", "", users({field("A.B", "int")}), place + "\"A.B\"."},
        {"beyond ASCII", "", users({field("\xc3\x84GE", "int")}), place + "\"\xc3\x84GE\"."},
    });
}

// Fidelity: documented | The field names of a schema are distinct, even without their underscores |
//   DG/how-it-works-dataset-schema.html
TEST(AvroSchema, RefusesAFieldNamedTwice) {
    const std::string unique = "expected a name that is unique even without underscores, found the same at ";
    expect_refusals({
        {"the same", "", users({field("AGE", "int"), field("AGE", "int")}),
         " at /fields/2/name (AGE): " + unique + "/fields/1/name (AGE)."},
        {"underscores aside", "", users({field("TAG_1", "int"), field("AGE", "int"), field("TAG1", "int")}),
         " at /fields/3/name (TAG1): " + unique + "/fields/1/name (TAG_1)."},
        {"a required one", "", users({field("USERID", "int")}),
         " at /fields/1/name (USERID): " + unique + "/fields/0/name (USER_ID)."},
    });
}

// Fidelity: documented | A schema is flat, and its types are boolean, double, float, int, long, null and string |
//   DG/how-it-works-dataset-schema.html
TEST(AvroSchema, RefusesTypesThatAreNotSupported) {
    const auto typed = [](const std::string& type) { return users({R"({"name":"AGE","type":)" + type + "}"}); };
    const std::string place = " at /fields/1/type (AGE): expected ";
    const std::string flat = place + "the name of a primitive type, or a list of such names, found ";
    const std::string known = place + "one of boolean, double, float, int, long, null and string, found ";
    expect_refusals({
        {"none", "", users({R"({"name":"AGE"})"}), place + "a type, found nothing."},
        {"a number", "", typed("3"), flat + "3."},
        {"a nested array", "", typed(R"({"type":"array","items":"int"})"), flat + R"({"type":"array","items":"int"}.)"},
        {"a nested record", "", typed(R"({"type":"record","name":"R","fields":[]})"),
         flat + R"({"type":"record","name":"R","fields":[]}.)"},
        {"a union in a union", "", typed(R"(["null",["int"]])"), flat + R"(["int"].)"},
        {"bytes", "", typed("\"bytes\""), known + "\"bytes\"."},
        {"an array by name", "", typed("\"array\""), known + "\"array\"."},
        {"upper case", "", typed("\"String\""), known + "\"String\"."},
        {"unknown in a union", "", typed(R"(["null","date"])"), known + "\"date\"."},
        {"twice", "", typed(R"(["int","null","int"])"), place + R"(each type once, found ["int","null","int"].)"},
        {"an empty union", "", typed("[]"), place + "a type other than null, found []."},
        {"null", "", typed("\"null\""), place + "a type other than null, found \"null\"."},
        {"a union of null", "", typed(R"(["null"])"), place + "a type other than null, found [\"null\"]."},
    });
}

// Fidelity: documented | At most one field is textual, and only in items; categorical and textual fields are strings |
//   DG/custom-datasets-and-schemas.html
TEST(AvroSchema, RefusesFlagsThatDoNotFitTheField) {
    const auto flagged = [](const std::string& flag) { return R"({"name":"A","type":"string",)" + flag + "}"; };
    expect_refusals({
        {"another text for a flag", "", users({flagged(R"("categorical":"yes")")}),
         " at /fields/1/categorical (A): expected true or false, found \"yes\"."},
        {"null for a flag", "", items({flagged(R"("textual":null)")}),
         " at /fields/1/textual (A): expected true or false, found null."},
        {"a categorical number", "", users({field("AGE", "null|int", {"categorical"})}),
         " at /fields/1/categorical (AGE): expected a field of type string, found null or int."},
        {"a textual number", "", items({field("AGE", "long", {"textual"})}),
         " at /fields/1/textual (AGE): expected a field of type string, found long."},
        {"a user's text", "", users({field("BIO", "string", {"textual"})}),
         " at /fields/1/textual (BIO): expected no textual field outside ITEMS, found one in USERS."},
        {"an action's text", "", actions({field("BIO", "string", {"textual"})}),
         " at /fields/1/textual (BIO): expected no textual field outside ITEMS, found one in ACTIONS."},
        {"two texts", "",
         items({field("PLOT", "string", {"textual"}), field("A", "int"), field("CAST", "string", {"textual"})}),
         " at /fields/3/textual (CAST): expected one textual field at most, found PLOT before it."},
    });
}

// Fidelity: documented | A schema has the fields that its dataset type and its domain require |
//   DG/custom-datasets-and-schemas.html; DG/ECOMMERCE-datasets-and-schemas.html;
//   DG/VIDEO-ON-DEMAND-datasets-and-schemas.html
TEST(AvroSchema, RefusesASchemaWithoutARequiredField) {
    const std::string user = field("USER_ID", "string");
    const std::string item = field("ITEM_ID", "string");
    const auto missing = [](const std::string& what) {
        return " at /fields: expected the required field " + what + ", found no field of that name.";
    };
    expect_refusals({
        {"no fields at all", "", record("Interactions", {}), missing("USER_ID of type string")},
        {"no item", "", record("Interactions", {user, field("TIMESTAMP", "long")}), missing("ITEM_ID of type string")},
        {"no time", "", record("Interactions", {user, item}), missing("TIMESTAMP of type long")},
        {"another case", "", record("Users", {field("user_id", "string")}), missing("USER_ID of type string")},
        {"no item id", "", record("Items", {field("A", "int")}), missing("ITEM_ID of type string")},
        {"no action id", "", record("Actions", {field("A", "int")}), missing("ACTION_ID of type string")},
        {"an action's event type", "",
         record("ActionInteractions", {user, field("ACTION_ID", "string"), field("TIMESTAMP", "long")}),
         missing("EVENT_TYPE of type string")},
        {"a shop's event type", shop, interactions({}), missing("EVENT_TYPE of type string")},
        {"a video's event type", video, interactions({}), missing("EVENT_TYPE of type string")},
        {"a shop's price", shop, items({field("CATEGORY_L1", "string", {"categorical"})}),
         missing("PRICE of type float")},
        {"a shop's category", shop, items({field("PRICE", "float")}),
         missing("CATEGORY_L1 of type string, categorical")},
        {"a video's genres", video, items({field("CREATION_TIMESTAMP", "long")}),
         missing("GENRES of type string, categorical")},
        {"a video's creation", video, items({field("GENRES", "string", {"categorical"})}),
         missing("CREATION_TIMESTAMP of type long")},
    });
}

// Fidelity: documented | Required and reserved fields have the types that the guide prescribes |
//   DG/custom-datasets-and-schemas.html
TEST(AvroSchema, RefusesWrongTypesForRequiredAndReservedFields) {
    const auto wrong = [](int at, const std::string& name, const std::string& wanted, const std::string& found) {
        return " at /fields/" + std::to_string(at) + "/type (" + name + "): expected " + wanted + ", found " + found +
               ".";
    };
    const std::string event = field("EVENT_TYPE", "string");
    expect_refusals({
        {"a user's id", "", record("Users", {field("USER_ID", "long"), field("AGE", "int")}),
         wrong(0, "USER_ID", "string alone", "long")},
        {"an id that may be null", "", record("Items", {field("ITEM_ID", "null|string"), field("A", "int")}),
         wrong(0, "ITEM_ID", "string alone", "null or string")},
        {"a time in words", "",
         record("Interactions", {field("USER_ID", "string"), field("ITEM_ID", "string"), field("TIMESTAMP", "string")}),
         wrong(2, "TIMESTAMP", "long alone", "string")},
        {"a type that may be null", "", interactions({field("EVENT_TYPE", "string|null")}),
         wrong(3, "EVENT_TYPE", "string alone", "string or null")},
        {"a double value", "", interactions({event, field("EVENT_VALUE", "double")}),
         wrong(4, "EVENT_VALUE", "float, with or without null", "double")},
        {"a value of two types", "", interactions({event, field("EVENT_VALUE", "float|string")}),
         wrong(4, "EVENT_VALUE", "float, with or without null", "float or string")},
        {"an impression", "", interactions({field("IMPRESSION", "long")}),
         wrong(3, "IMPRESSION", "string, with or without null", "long")},
        {"a recommendation id", "", interactions({field("RECOMMENDATION_ID", "int|null")}),
         wrong(3, "RECOMMENDATION_ID", "string, with or without null", "int or null")},
        {"a source", "", interactions({field("EVENT_ATTRIBUTION_SOURCE", "int")}),
         wrong(3, "EVENT_ATTRIBUTION_SOURCE", "string, with or without null", "int")},
        {"a creation in words", "", items({field("CREATION_TIMESTAMP", "string"), field("A", "int")}),
         wrong(1, "CREATION_TIMESTAMP", "long, with or without null", "string")},
        {"a shop's creation in words", shop, shop_items({field("CREATION_TIMESTAMP", "string")}),
         wrong(3, "CREATION_TIMESTAMP", "long or float, with or without null", "string")},
        {"a double price", shop, items({field("PRICE", "double"), field("CATEGORY_L1", "string", {"categorical"})}),
         wrong(1, "PRICE", "float alone", "double")},
        {"a price that may be null", shop,
         items({field("PRICE", "float|null"), field("CATEGORY_L1", "string", {"categorical"})}),
         wrong(1, "PRICE", "float alone", "float or null")},
        {"a video's price", video, video_items({field("PRICE", "int")}),
         wrong(3, "PRICE", "float, with or without null", "int")},
        {"an action's value", "", actions({field("VALUE", "float"), field("A", "int")}),
         wrong(1, "VALUE", "long, with or without null", "float")},
        {"an action's repetition", "", actions({field("REPEAT_FREQUENCY", "int"), field("A", "int")}),
         wrong(1, "REPEAT_FREQUENCY", "long, with or without null", "int")},
    });
}

// Fidelity: documented | Reserved fields are categorical or textual exactly if the guide says so |
//   DG/how-it-works-dataset-schema.html
TEST(AvroSchema, RefusesWrongOrMissingFlagsOnReservedFields) {
    const auto wrong = [](int at, const std::string& flag, const std::string& name, const std::string& wanted) {
        return " at /fields/" + std::to_string(at) + "/" + flag + " (" + name + "): expected " + wanted + ", found " +
               (wanted == "true" ? "false" : "true") + ".";
    };
    expect_refusals({
        {"a categorical event type", "", interactions({field("EVENT_TYPE", "string", {"categorical"})}),
         wrong(3, "categorical", "EVENT_TYPE", "false")},
        {"a domain's", shop, interactions({field("EVENT_TYPE", "string", {"categorical"})}),
         wrong(3, "categorical", "EVENT_TYPE", "false")},
        {"a categorical impression", "", interactions({field("IMPRESSION", "string", {"categorical"})}),
         wrong(3, "categorical", "IMPRESSION", "false")},
        {"a plain category", shop, items({field("PRICE", "float"), field("CATEGORY_L1", "string")}),
         wrong(2, "categorical", "CATEGORY_L1", "true")},
        {"a plain second category", shop, shop_items({field("CATEGORY_L2", "string|null")}),
         wrong(3, "categorical", "CATEGORY_L2", "true")},
        {"plain genres", video, items({field("GENRES", "string"), field("CREATION_TIMESTAMP", "long")}),
         wrong(1, "categorical", "GENRES", "true")},
        {"a plain subscription", video, users({field("SUBSCRIPTION_MODEL", "string")}),
         wrong(1, "categorical", "SUBSCRIPTION_MODEL", "true")},
        {"a plain description", shop, shop_items({field("PRODUCT_DESCRIPTION", "string")}),
         wrong(3, "textual", "PRODUCT_DESCRIPTION", "true")},
        {"a categorical description", video, video_items({field("PRODUCT_DESCRIPTION", "string", {"categorical"})}),
         wrong(3, "textual", "PRODUCT_DESCRIPTION", "true")},
        {"a categorical type of action", "", actions({field("TYPE", "string", {"categorical"}), field("A", "int")}),
         wrong(1, "categorical", "TYPE", "false")},
    });
}

// Fidelity: documented | Users, items and actions have at least one metadata field |
//   DG/custom-datasets-and-schemas.html
TEST(AvroSchema, RefusesASchemaWithoutMetadataFields) {
    const std::string expected =
        " at /fields: expected at least one metadata field, found only required and reserved ones.";
    expect_refusals({
        {"users", "", users({}), expected},
        {"a shop's users", shop, users({}), expected},
        {"a video's users", video, users({}), expected},
        {"items", "", items({}), expected},
        {"items with only a creation timestamp", "", items({field("CREATION_TIMESTAMP", "long")}), expected},
        {"actions", "", actions({}), expected},
        {"actions with only a value", "", actions({field("VALUE", "long")}), expected},
    });
}

// Fidelity: documented | The number of metadata fields has a quota that depends on the dataset type | DG/limits.html
TEST(AvroSchema, RefusesMoreMetadataFieldsThanTheQuota) {
    const struct {
        std::string name;
        std::string domain;
        std::string (*make)(std::vector<std::string>);
        int most;
    } types[] = {
        {"users", "", users, 25},
        {"a shop's users", shop, users, 25},
        {"a video's users", video, users, 25},
        {"items", "", items, 100},
        {"a shop's items", shop, shop_items, 100},
        {"a video's items", video, video_items, 100},
        {"actions", "", actions, 10},
        {"interactions", "", interactions, 5},
        {"a shop's interactions", shop, events, 5},
        {"a video's interactions", video, events, 5},
        {"action interactions", "", action_interactions, 5},
    };
    for (const auto& type : types) {
        EXPECT_EQ(verdict(type.make(numbered("M", type.most)), type.domain), "accepted") << type.name;
        EXPECT_EQ(verdict(type.make(numbered("M", type.most + 1)), type.domain),
                  "Invalid schema at /fields: expected at most " + std::to_string(type.most) +
                      " metadata fields, found " + std::to_string(type.most + 1) + ".")
            << type.name;
    }
}

TEST(AvroSchema, DoesNotCountReservedFieldsAgainstTheQuota) {
    std::vector<std::string> fields = numbered("M", 5);
    for (const char* name : {"EVENT_TYPE", "IMPRESSION", "RECOMMENDATION_ID"}) fields.push_back(field(name, "string"));
    EXPECT_EQ(verdict(interactions(fields)), "accepted");
}

// Fidelity: inferred | The messages about invalid schemas are our own, since no real message is public | -
TEST(AvroSchema, ReportsTheEvidenceForARefusal) {
    const struct {
        std::string schema;
        model::Evidence evidence;
        std::string why;
    } cases[] = {
        {"{", model::Evidence::documented, "a schema is Avro's JSON"},
        {users({}), model::Evidence::documented, "a schema of this dataset type needs a metadata field"},
        {users({R"({"name":"A","type":"null"})"}), model::Evidence::inferred,
         "a union has each type once, and a type other than null"},
    };
    for (const auto& one : cases) {
        try {
            parse_avro_schema(one.schema, "");
            ADD_FAILURE() << "accepted: " << one.schema;
        } catch (const model::ApiError& error) {
            EXPECT_EQ(error.evidence(), one.evidence) << one.schema;
            EXPECT_EQ(error.why(), one.why) << one.schema;
        }
    }
}

}  // namespace
}  // namespace plocal::languages
