#include "server/model/service.h"

#include <stdexcept>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/model/pattern.h"

namespace plocal::model {
namespace {

/// A table with the given shapes and one operation, "Act", of the given row.
std::string table(const std::string& operation, const std::string& shapes, const std::string& protocol = "aws-json") {
    return R"({"service": "Acts", "protocol": ")" + protocol +
           R"(", "errors": {"BadAct": 409}, "operations": {"Act": )" + operation + R"(}, "shapes": {)" + shapes + "}}";
}

// Fidelity: documented | The control plane has 71 operations, runtime 3 and events 5 | boto/botocore,
//   personalize/2018-05-22/service-2.json; boto/botocore, personalize-runtime and personalize-events
TEST(Service, KnowsEveryOperation) {
    EXPECT_EQ(personalize().operations().size(), 71u);
    EXPECT_EQ(personalize_runtime().operations().size(), 3u);
    EXPECT_EQ(personalize_events().operations().size(), 5u);
}

// Fidelity: documented | The control plane speaks AWS JSON 1.1 and is called AmazonPersonalize; runtime and events
//   speak REST-JSON | boto/botocore, personalize/2018-05-22/service-2.json; boto/botocore, personalize-runtime and
//   personalize-events
TEST(Service, KnowsItsNameAndProtocol) {
    EXPECT_EQ(personalize().name(), "AmazonPersonalize");
    EXPECT_EQ(personalize().protocol(), Protocol::aws_json);
    EXPECT_EQ(personalize_runtime().protocol(), Protocol::rest_json);
    EXPECT_EQ(personalize_events().protocol(), Protocol::rest_json);
}

TEST(Service, FindsAnOperationByName) {
    const Operation* operation = personalize().operation("CreateSchema");
    ASSERT_NE(operation, nullptr);
    EXPECT_EQ(operation->name, "CreateSchema");
    EXPECT_EQ(operation->input->name, "CreateSchemaRequest");
    EXPECT_EQ(operation->output->name, "CreateSchemaResponse");
    EXPECT_THAT(operation->errors, testing::ElementsAre("InvalidInputException", "ResourceAlreadyExistsException",
                                                        "LimitExceededException"));
    EXPECT_EQ(operation->path, "/");
    EXPECT_EQ(personalize().operation("createSchema"), nullptr);
    EXPECT_EQ(personalize().operation("PutEvents"), nullptr);
}

TEST(Service, FindsARestOperationByItsPath) {
    EXPECT_EQ(personalize_events().operation_at("/action-interactions"),
              personalize_events().operation("PutActionInteractions"));
    EXPECT_EQ(personalize_runtime().operation_at("/recommendations"),
              personalize_runtime().operation("GetRecommendations"));
    EXPECT_EQ(personalize_events().operation_at("/"), nullptr);
    EXPECT_EQ(personalize().operation_at("/"), nullptr);
}

// Fidelity: documented | Deletes and StopSolutionVersionCreation have no output; TagResource and UntagResource have an
//   empty structure | boto/botocore, personalize/2018-05-22/service-2.json
TEST(Service, HasNoOutputForVoidOperations) {
    for (const Operation& operation : personalize().operations()) {
        const bool is_void = operation.name.starts_with("Delete") || operation.name == "StopSolutionVersionCreation";
        EXPECT_EQ(operation.output == nullptr, is_void) << operation.name;
    }
    ASSERT_NE(personalize().operation("TagResource")->output, nullptr);
    EXPECT_TRUE(personalize().operation("TagResource")->output->members.empty());
}

TEST(Service, KeepsMembersInTheOrderOfTheModel) {
    std::vector<std::string> names;
    for (const Member& member : personalize().shape("CreateBatchInferenceJobRequest")->members)
        names.push_back(member.name);
    EXPECT_THAT(names, testing::ElementsAre("jobName", "solutionVersionArn", "filterArn", "numResults", "jobInput",
                                            "jobOutput", "roleArn", "batchInferenceJobConfig", "tags",
                                            "batchInferenceJobMode", "themeGenerationConfig"));
}

TEST(Service, ReadsBoundsAndTypes) {
    const Shape* name = personalize().shape("Name");
    EXPECT_EQ(name->type, Type::string);
    EXPECT_EQ(name->min, 1);
    EXPECT_EQ(name->max, 63);
    EXPECT_EQ(name->pattern->text(), R"(^[a-zA-Z0-9][a-zA-Z0-9\-_]*)");
    const Shape* tags = personalize().shape("Tags");
    EXPECT_EQ(tags->type, Type::list);
    EXPECT_EQ(tags->element, personalize().shape("Tag"));
    const Shape* metadata = personalize_runtime().shape("Metadata");
    EXPECT_EQ(metadata->type, Type::map);
    EXPECT_EQ(metadata->key, personalize_runtime().shape("ColumnName"));
    EXPECT_EQ(metadata->element, personalize_runtime().shape("ColumnValue"));
    EXPECT_TRUE(metadata->sensitive);
    EXPECT_TRUE(personalize_events().shape("Event")->sensitive);
    EXPECT_TRUE(personalize_events().shape("Event")->member("eventType")->required);
    EXPECT_EQ(personalize_events().shape("Event")->member("EventType"), nullptr);
    EXPECT_THAT(personalize().shape("ImportMode")->values, testing::ElementsAre("FULL", "INCREMENTAL"));
    EXPECT_EQ(personalize().shape("NoSuchShape"), nullptr);
}

// Fidelity: documented | Errors of the control plane have status 400; those of runtime and events 400, 404 or 409 |
//   boto/botocore, personalize/2018-05-22/service-2.json; boto/botocore, personalize-runtime and personalize-events
TEST(Service, KnowsTheHttpStatusOfItsErrors) {
    EXPECT_EQ(personalize().status_of("ResourceNotFoundException"), 400);
    EXPECT_EQ(personalize_runtime().status_of("ResourceNotFoundException"), 404);
    EXPECT_EQ(personalize_events().status_of("ResourceInUseException"), 409);
    EXPECT_EQ(personalize_events().status_of("NoSuchException"), 400);
}

TEST(Service, ReadsShapesInAnyOrderAndRecursiveOnes) {
    const Service service(
        table(R"(["In", null, ["BadAct"]])", R"("In": {"more!": "Ins"}, "Ins": ["list", "In", {"max": 2}])"));
    EXPECT_EQ(service.shape("Ins")->element, service.shape("In"));
    EXPECT_EQ(service.shape("In")->members[0].shape, service.shape("Ins"));
    EXPECT_EQ(service.status_of("BadAct"), 409);
}

TEST(Service, RefusesABrokenTable) {
    struct Case {
        const char* name;
        std::string table;
    };
    const std::string act = R"(["In", null, []])";
    const Case cases[] = {
        {"no JSON", "{"},
        {"nothing in it", "{}"},
        {"another protocol", table(act, R"("In": {})", "soap")},
        {"an input that is nowhere", table(R"(["Out", null, []])", R"("In": {})")},
        {"an output that is nowhere", table(R"(["In", "Out", []])", R"("In": {})")},
        {"an error that is nowhere", table(R"(["In", null, ["NoAct"]])", R"("In": {})")},
        {"a REST operation without a path", table(act, R"("In": {})", "rest-json")},
        {"a member's shape that is nowhere", table(act, R"("In": {"a": "A"})")},
        {"a type that is none", table(act, R"("In": {}, "A": ["strin"])")},
        {"a list of nothing", table(act, R"("In": {}, "A": ["list"])")},
        {"a bound misspelt", table(act, R"("In": {}, "A": ["string", {"mxa": 3}])")},
        {"a bound that is no number", table(act, R"("In": {}, "A": ["string", {"max": "3"}])")},
        {"a row too long", table(act, R"("In": {}, "A": ["string", {"max": 3}, {}])")},
    };
    for (const Case& one : cases) EXPECT_THROW(Service{one.table}, std::runtime_error) << one.name;
}

TEST(Service, RefusesABrokenPatternOnceItIsUsed) {
    const Service service(table(R"(["In", null, []])", R"("In": {}, "A": ["string", {"pattern": "("}])"));
    EXPECT_THROW(static_cast<void>(service.shape("A")->pattern->matches("a")), std::runtime_error);
}

}  // namespace
}  // namespace plocal::model
