#include <algorithm>
#include <chrono>
#include <iterator>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/deployment.h"

namespace plocal::operations {
namespace {

using namespace std::chrono_literals;
using base::Json;
using resources::Kind;
using resources::References;
using resources::ServiceSettings;
using support::arn;
using support::Deployment;
using support::outcome;
using support::part_named;

/// A member of a part's input that contains the ARN of another part.
struct Link {
    std::string_view part;
    const char* member;
    std::string_view named;
    const char* words;  // the service's words for the other part
};

const Link links[] = {
    {"dataset", "datasetGroupArn", "datasetGroup", "dataset group"},
    {"dataset", "schemaArn", "schema", "schema"},
    {"datasetImportJob", "datasetArn", "dataset", "dataset"},
    {"datasetExportJob", "datasetArn", "dataset", "dataset"},
    {"eventTracker", "datasetGroupArn", "datasetGroup", "dataset group"},
    {"metricAttribution", "datasetGroupArn", "datasetGroup", "dataset group"},
    {"dataDeletionJob", "datasetGroupArn", "datasetGroup", "dataset group"},
    {"solution", "datasetGroupArn", "datasetGroup", "dataset group"},
    {"solutionVersion", "solutionArn", "solution", "solution"},
    {"recommender", "datasetGroupArn", "videoGroup", "dataset group"},
    {"campaign", "solutionVersionArn", "solutionVersion", "solution version"},
    {"filter", "datasetGroupArn", "datasetGroup", "dataset group"},
    {"batchInferenceJob", "solutionVersionArn", "solutionVersion", "solution version"},
    {"batchInferenceJob", "filterArn", "filter", "filter"},
    {"batchSegmentJob", "solutionVersionArn", "segmentVersion", "solution version"},
    {"batchSegmentJob", "filterArn", "userFilter", "filter"},
};

std::string link_name(const Link& link) {
    return std::string(link.part) + "." + link.member;
}

/// The refusal of a Create that names a missing part.
std::string absent_text(const Link& link, const std::string& absent) {
    if (link.named == "schema") return "ResourceNotFoundException: Resource Arn " + absent + " does not exist.";
    return std::string("ResourceNotFoundException: The given ") + link.words + " does not exist: " + absent;
}

// Fidelity: seen | A Create that names a missing resource is refused with ResourceNotFoundException: The given KIND
//   does not exist: ARN; seen for solutions and dataset groups, assumed for other kinds |
//   aws-samples/amazon-personalize-immersion-day, TravelGenAI/Travel_04_Clean_Up
TEST(Dependencies, MustExist) {
    for (const Link& link : links) {
        Deployment world;
        const std::string absent = world.make(link.named) + "x";
        EXPECT_EQ(outcome(world.create(link.part, {{link.member, absent}})), absent_text(link, absent))
            << link_name(link);
        const std::string other = arn("event-tracker/12345678");
        EXPECT_EQ(outcome(world.create(link.part, {{link.member, other}})), absent_text(link, other))
            << link_name(link);
    }
}

TEST(Dependencies, IncludeAnExistingRecipe) {
    const std::string absent = "arn:aws:personalize:::recipe/aws-none";
    for (const char* const part : {"solution", "recommender"}) {
        Deployment world;
        EXPECT_EQ(outcome(world.create(part, {{"recipeArn", absent}})),
                  "ResourceNotFoundException: The given recipe does not exist: " + absent);
    }
}

/// A status of the named part of a link, and the answer of a Create that names it.
struct StatusCase {
    const char* status;
    const char* error;  // empty if the Create succeeds
};

std::vector<StatusCase> status_cases(const Link& link) {
    // https://docs.aws.amazon.com/personalize/latest/dg/API_CreateFilter.html declares no ResourceInUseException.
    const char* const busy = link.part == "filter" ? "InvalidInputException" : "ResourceInUseException";
    const char* const wrong = "InvalidInputException";
    std::vector<StatusCase> all = {
        {"CREATE PENDING", busy}, {"CREATE IN_PROGRESS", busy}, {"CREATE FAILED", wrong}, {"ACTIVE", ""}};
    const Kind& kind = resources::kind_named(part_named(link.named).kind);
    if (deletion_transition(kind) != nullptr) all.push_back({"DELETE PENDING", busy});
    if (kind.name == "solutionVersion") all.push_back({"CREATE STOPPING", busy});
    if (kind.name == "solutionVersion") all.push_back({"CREATE STOPPED", wrong});
    return all;
}

// Fidelity: inferred | A named resource must be ACTIVE: ResourceInUseException while it is in progress,
//   InvalidInputException once it has failed; a Create that does not declare the first error returns the second | -
TEST(Dependencies, MustBeActive) {
    for (const Link& link : links) {
        if (link.named == "schema") continue;  // has no status
        for (const StatusCase& one : status_cases(link)) {
            Deployment world;
            world.input(link.part);
            const std::string named = world.make(link.named);
            world.force(named, one.status);
            const std::string expected =
                std::string(one.error) + ": The given " + link.words + " is not active: " + named;
            EXPECT_EQ(outcome(world.create(link.part, {{link.member, named}})), one.error[0] == '\0' ? "200" : expected)
                << link_name(link) << " " << one.status;
        }
    }
}

// Fidelity: seen | A dataset is UPDATE PENDING and UPDATE IN_PROGRESS, not ACTIVE, while it gets another schema; a
//   solution stays ACTIVE | aws-samples/amazon-personalize-samples, update-item-dataset-schema-example
TEST(Dependencies, AreNotActiveDuringTheUpdateOfADatasetOnly) {
    Deployment world;
    world.make("solution");
    const std::string dataset = world.make("items");
    world.make("datasetImportJob");
    world.call_on("Update", dataset, {{"schemaArn", world.created("itemsSchema", {{"name", "wider"}})}});
    const Json of_items = {{"datasetArn", dataset}};
    EXPECT_EQ(world.create("datasetExportJob", of_items).error(), "ResourceInUseException");
    world.advance(3s);
    EXPECT_EQ(outcome(world.create("datasetExportJob", of_items)), "200");
    world.call_on("Update", arn("solution/movies"), {{"performAutoTraining", true}});
    EXPECT_EQ(outcome(world.create("solutionVersion")), "200");
}

// Fidelity: documented | Training needs an ACTIVE import | DG/API_CreateSolutionVersion.html
TEST(Dependencies, OfTrainingIncludeImportedData) {
    Deployment world;
    world.make("solution");
    const Json input = {{"solutionArn", arn("solution/movies")}};
    const auto train = [&] { return world.call("CreateSolutionVersion", input).error(); };
    EXPECT_EQ(train(), "InvalidInputException") << "no dataset";
    world.make("dataset");
    EXPECT_EQ(train(), "InvalidInputException") << "no import";
    const std::string import = world.created("datasetImportJob");
    EXPECT_EQ(train(), "ResourceInUseException") << "an import in progress";
    world.force(import, "CREATE FAILED");
    EXPECT_EQ(train(), "InvalidInputException") << "a failed import";
    world.created("datasetImportJob", {{"jobName", "again"}});
    world.advance(3s);
    EXPECT_EQ(train(), "");
}

TEST(Dependencies, OfTrainingAreMetByAnEventTracker) {
    Deployment world;
    world.make("solution");
    world.make("dataset");
    world.make("eventTracker");
    EXPECT_EQ(outcome(world.call("CreateSolutionVersion", {{"solutionArn", arn("solution/movies")}})), "200");
}

ServiceSettings lenient_settings() {
    ServiceSettings settings;
    settings.references = References::lenient;
    return settings;
}

TEST(LenientDependencies, NeedNotExistButKeepAllOtherRules) {
    for (const Link& link : links) {
        Deployment world(lenient_settings());
        const std::string named = world.make(link.named);
        EXPECT_EQ(outcome(world.create(link.part, {{link.member, named + "x"}})), "200") << link_name(link);
        if (link.named == "schema") continue;
        world.force(named, "CREATE FAILED");
        const char* const name = part_named(link.part).input.contains("jobName") ? "jobName" : "name";
        EXPECT_EQ(world.create(link.part, {{link.member, named}, {name, "another"}}).error(), "InvalidInputException")
            << link_name(link);
    }
}

TEST(LenientDependencies, AllowAnyKindToBeCreatedFirst) {
    for (const std::string_view kind : support::creatable_kinds()) {
        Deployment world(lenient_settings());
        Json input = part_named(kind).input;
        for (const auto& [member, named] : part_named(kind).members) {
            const std::string_view of = part_named(named).kind;
            const std::string id = of == "dataset" ? "/any/ITEMS" : of == "solutionVersion" ? "/any/1" : "/any";
            input[std::string(member)] = arn(std::string(resources::kind_named(of).arn_type) + id);
        }
        EXPECT_EQ(outcome(world.call(support::operation_on("Create", kind), input)), "200") << kind;
    }
}

/// A part that may keep another part from being deleted.
struct Dependent {
    std::string_view part;
    std::string_view dependent;
    const char* status;
    bool blocks;
};

const Dependent dependents[] = {
    {"schema", "dataset", "ACTIVE", true},
    {"schema", "dataset", "CREATE FAILED", true},
    {"schema", "dataset", "DELETE IN_PROGRESS", true},
    {"datasetGroup", "dataset", "ACTIVE", true},
    {"datasetGroup", "eventTracker", "ACTIVE", true},
    {"datasetGroup", "eventTracker", "DELETE PENDING", true},
    {"datasetGroup", "solution", "ACTIVE", true},
    {"datasetGroup", "dataDeletionJob", "IN_PROGRESS", false},
    {"dataset", "filter", "ACTIVE", true},
    {"dataset", "filter", "CREATE FAILED", true},
    {"dataset", "filter", "DELETE IN_PROGRESS", true},
    {"items", "filter", "ACTIVE", true},
    {"dataset", "eventTracker", "ACTIVE", true},
    {"dataset", "eventTracker", "DELETE PENDING", true},
    {"items", "eventTracker", "ACTIVE", false},
    {"dataset", "metricAttribution", "ACTIVE", true},
    {"items", "metricAttribution", "ACTIVE", true},
    {"dataset", "campaign", "CREATE PENDING", true},
    {"dataset", "campaign", "ACTIVE", true},
    {"dataset", "campaign", "DELETE IN_PROGRESS", true},
    {"dataset", "campaign", "CREATE FAILED", false},
    {"dataset", "batchInferenceJob", "IN PROGRESS", true},
    {"dataset", "batchInferenceJob", "ACTIVE", false},
    {"dataset", "batchSegmentJob", "PENDING", true},
    {"dataset", "batchSegmentJob", "CREATE FAILED", false},
    {"dataset", "datasetImportJob", "CREATE PENDING", true},
    {"dataset", "datasetImportJob", "CREATE IN_PROGRESS", true},
    {"dataset", "datasetImportJob", "ACTIVE", false},
    {"dataset", "datasetImportJob", "CREATE FAILED", false},
    {"dataset", "datasetExportJob", "CREATE IN_PROGRESS", true},
    {"dataset", "datasetExportJob", "ACTIVE", false},
    {"dataset", "solutionVersion", "CREATE IN_PROGRESS", true},
    {"dataset", "solutionVersion", "ACTIVE", false},
    {"videoDataset", "recommender", "CREATE PENDING", true},
    {"videoDataset", "recommender", "ACTIVE", false},
    {"solution", "campaign", "ACTIVE", true},
    {"solution", "campaign", "CREATE FAILED", true},
    {"solution", "campaign", "DELETE IN_PROGRESS", true},
    {"solution", "batchInferenceJob", "PENDING", true},
    {"solution", "batchInferenceJob", "ACTIVE", false},
    {"segmentSolution", "batchSegmentJob", "IN PROGRESS", true},
    {"solution", "solutionVersion", "CREATE PENDING", true},
    {"solution", "solutionVersion", "CREATE IN_PROGRESS", true},
    {"solution", "solutionVersion", "CREATE STOPPING", true},
    {"solution", "solutionVersion", "CREATE STOPPED", false},
    {"solution", "solutionVersion", "ACTIVE", false},
};

// Fidelity: documented | A solution is deleted after its campaigns and not during a training, a schema after its
//   datasets, a dataset group after everything in it | DG/gs-cleanup.html
// Fidelity: documented | A dataset is deleted after all filters, the event tracker that feeds it, the metric
//   attribution that reads it and all campaigns but failed ones, and not during an import, a training or a batch
//   job | DG/delete-dataset.html
// Fidelity: inferred | A solution is not deleted while one of its batch jobs is in progress: the job could not go
//   on | -
TEST(Dependencies, CannotBeDeletedWhileInUse) {
    for (const Dependent& one : dependents) {
        Deployment world;
        const std::string resource = world.make(one.part);
        world.force(world.make(one.dependent), one.status);
        const std::string in_use = std::string("ResourceInUseException: The given ") +
                                   std::string(support::kind_of(resource).words) + " is in use: " + resource;
        EXPECT_EQ(outcome(world.call_on("Delete", resource)), one.blocks ? in_use : "200")
            << one.part << " while " << one.dependent << " is " << one.status;
    }
}

// Fidelity: documented | A dataset group with a recommender cannot be deleted | DG/API_DeleteDatasetGroup.html
TEST(Dependencies, KeepAGroupUntilItsRecommenderIsDeleted) {
    Deployment world(lenient_settings());
    world.make("videoGroup");
    const std::string recommender = world.created("recommender", {{"datasetGroupArn", arn("dataset-group/videos")}});
    world.advance(3s);
    world.call_on("Delete", arn("dataset/videos/INTERACTIONS"));
    world.advance(3s);
    EXPECT_EQ(world.call_on("Delete", arn("dataset-group/videos")).error(), "ResourceInUseException");
    EXPECT_EQ(outcome(world.call_on("Delete", recommender)), "200");
    world.advance(3s);
    EXPECT_EQ(outcome(world.call_on("Delete", arn("dataset-group/videos"))), "200");
}

// Fidelity: inferred | Jobs go with what they hang on: imports and exports with their dataset, batch jobs with their
//   solution, data deletion jobs with their dataset group; so their names are free again | -
TEST(Dependencies, AllowDeletingAndRecreatingAWholeWorld) {
    Deployment world;
    for (const char* const round : {"first", "second", "third"}) {
        std::vector<std::string> made;
        for (const support::Part& part : support::parts()) made.push_back(world.make(part.name));
        for (auto each = made.rbegin(); each != made.rend(); ++each) {
            if (deletion_transition(support::kind_of(*each)) == nullptr && support::kind_of(*each).has_status()) {
                continue;
            }
            EXPECT_EQ(outcome(world.call_on("Delete", *each)), "200") << *each << " in the " << round << " round";
            world.advance(3s);
        }
        for (const std::string& each : made) EXPECT_EQ(world.status(each), "ResourceNotFoundException") << each;
        for (const std::string_view kind : support::creatable_kinds()) EXPECT_TRUE(world.listed(kind).empty()) << kind;
        EXPECT_EQ(world.store().counts().total(), 0);
        world.forget();
    }
}

TEST(Dependencies, KeepJobsUntilTheirDatasetIsDeleted) {
    Deployment world;
    const std::string dataset = world.make("dataset");
    const std::string import = world.make("datasetImportJob");
    EXPECT_EQ(outcome(world.create("datasetImportJob")).substr(0, 30), "ResourceAlreadyExistsException");
    ASSERT_EQ(outcome(world.call_on("Delete", dataset)), "200");
    world.advance(2999ms);
    EXPECT_EQ(world.status(import), "ACTIVE");
    world.advance(1ms);
    EXPECT_EQ(world.status(import), "ResourceNotFoundException");
}

}  // namespace
}  // namespace plocal::operations
