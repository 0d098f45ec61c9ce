#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/deployment.h"

namespace plocal::operations {
namespace {

using namespace std::chrono_literals;
using base::Json;
using support::arn;
using support::Deployment;
using support::outcome;

std::string schema_of_items(const Json& more) {
    Json fields = Json::array({{{"name", "ITEM_ID"}, {"type", "string"}}});
    for (const Json& field : more) fields.push_back(field);
    return Json{{"type", "record"}, {"name", "Items"}, {"namespace", "a.b"}, {"fields", fields}, {"version", "1.0"}}
        .dump();
}

// Fidelity: documented | A replaced schema keeps every field with its type and attributes; its new fields may be null |
//   DG/updating-dataset-schema.html
TEST(ReplacedSchema, KeepsEveryFieldAndAddsFieldsThatMayBeNull) {
    const Json price = {{"name", "PRICE"}, {"type", "float"}};
    const Json genre = {{"name", "GENRE"}, {"type", {"null", "string"}}, {"categorical", true}};
    const Json year = {{"name", "YEAR"}, {"type", {"int", "null"}}};
    const auto refused = [](const std::string& what) {
        return "InvalidInputException: The given schema cannot replace the schema of the dataset: " + what + ": " +
               arn("schema/next");
    };
    const struct {
        const char* name;
        Json fields;
        std::string expected;
    } cases[] = {
        {"the same fields", {price, genre}, "200"},
        {"another order", {genre, price}, "200"},
        {"another order of types",
         {price, {{"name", "GENRE"}, {"type", {"string", "null"}}, {"categorical", true}}},
         "200"},
        {"a new field", {price, genre, year}, "200"},
        {"a new field without null",
         {price, genre, {{"name", "YEAR"}, {"type", "int"}}},
         refused("the new field YEAR must support null")},
        {"a field less", {genre, year}, refused("it lacks the field PRICE")},
        {"a field in other letters",
         {{{"name", "price"}, {"type", {"null", "float"}}}, genre},
         refused("it lacks the field PRICE")},
        {"another type", {{{"name", "PRICE"}, {"type", "double"}}, genre}, refused("it changes the field PRICE")},
        {"null added",
         {{{"name", "PRICE"}, {"type", {"null", "float"}}}, genre},
         refused("it changes the field PRICE")},
        {"a flag taken away",
         {price, {{"name", "GENRE"}, {"type", {"null", "string"}}}},
         refused("it changes the field GENRE")},
    };
    for (const auto& one : cases) {
        Deployment world;
        const std::string first =
            world.created("schema", {{"name", "first"}, {"schema", schema_of_items({price, genre})}});
        const std::string next = world.created("schema", {{"name", "next"}, {"schema", schema_of_items(one.fields)}});
        const std::string dataset = world.created("items", {{"schemaArn", first}});
        world.advance(3s);
        EXPECT_EQ(outcome(world.call_on("Update", dataset, {{"schemaArn", next}})), one.expected) << one.name;
        world.advance(3s);
        EXPECT_EQ(world.described(dataset)["schemaArn"], one.expected == "200" ? next : first) << one.name;
    }
}

// Fidelity: documented | Only the schemas of Items and Users datasets are replaced | DG/updating-dataset-schema.html
TEST(ReplacedSchema, IsOfItemsOrUsers) {
    Deployment world;
    const std::string dataset = world.make("dataset");
    const std::string same = world.created("schema", {{"name", "same"}});
    EXPECT_EQ(outcome(world.call_on("Update", dataset, {{"schemaArn", same}})),
              "InvalidInputException: The schema of a dataset of type INTERACTIONS cannot be replaced.");
    EXPECT_EQ(outcome(world.call_on("Update", world.make("items"),
                                    {{"schemaArn", world.created("itemsSchema", {{"name", "again"}})}})),
              "200");
}

}  // namespace
}  // namespace plocal::operations
