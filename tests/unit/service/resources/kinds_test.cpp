#include "server/service/resources/kinds.h"

#include <set>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "server/model/service.h"

namespace plocal::resources {
namespace {

TEST(Kinds, MatchTheModel) {
    for (const Kind& kind : kinds()) {
        SCOPED_TRACE(kind.name);
        const model::Shape* const shape = model::personalize().shape(kind.shape);
        const model::Shape* const summary = model::personalize().shape(kind.summary);
        ASSERT_NE(shape, nullptr);
        ASSERT_EQ(summary != nullptr, !kind.summary.empty());
        EXPECT_NE(shape->member(kind.arn_member), nullptr);
        if (summary != nullptr) {
            EXPECT_NE(summary->member(kind.arn_member), nullptr);
        }
        EXPECT_NE(shape->member(kind.name_member), nullptr);
        EXPECT_EQ(shape->member("status") != nullptr, kind.has_status());
        for (const ReferenceMember& reference : kind.references) {
            EXPECT_NE(shape->member(reference.member), nullptr) << reference.member;
            EXPECT_NO_THROW(kind_named(reference.kind)) << reference.kind;
        }
    }
}

TEST(Kinds, AreFoundByName) {
    for (const Kind& kind : kinds()) EXPECT_EQ(&kind_named(kind.name), &kind);
    EXPECT_THROW(kind_named("job"), std::logic_error);
    EXPECT_THROW(kind_named(""), std::logic_error);
}

TEST(Kinds, HaveAtMostOneParent) {
    for (const Kind& kind : kinds()) {
        int parents = 0;
        for (const ReferenceMember& reference : kind.references) parents += reference.is_parent ? 1 : 0;
        EXPECT_LE(parents, 1) << kind.name;
    }
}

TEST(Kinds, ShareNoName) {
    std::set<std::string_view> names;
    for (const Kind& kind : kinds()) {
        EXPECT_TRUE(names.insert(kind.name).second) << kind.name;
        EXPECT_TRUE(names.insert(kind.plural).second) << kind.plural;
    }
}

TEST(IsArnOf, RecognisesTheKindByTypeAndSlashes) {
    const std::string own = "arn:aws:personalize:us-east-1:000000000000:";
    const struct {
        const char* kind;
        const char* resource;
        bool is;
    } cases[] = {
        {"batchInferenceJob", "batch-inference-job/one", true},
        {"batchInferenceJob", "batch-inference-job/one/two", false},
        {"batchInferenceJob", "batch-segment-job/one", false},
        {"batchInferenceJob", "Batch-Inference-Job/one", false},
        {"solution", "solution/movies", true},
        {"solution", "solution/movies/1234abcd", false},
        {"solution", "solution/movies/", false},
        {"solution", "solution//movies", false},
        {"solutionVersion", "solution/movies/1234abcd", true},
        {"solutionVersion", "solution/movies", false},
        {"solutionVersion", "solution/movies/", false},
        {"solutionVersion", "solution//1234abcd", false},
        {"solutionVersion", "solution/movies/1234abcd/more", false},
        {"dataset", "dataset/group/ITEMS", true},
        {"dataset", "dataset/ITEMS", false},
        {"datasetGroup", "dataset-group/group", true},
    };
    for (const auto& one : cases) {
        const std::string text = own + one.resource;
        EXPECT_EQ(is_arn_of(kind_named(one.kind), parse_arn(text).value()), one.is) << one.kind << " " << one.resource;
    }
}

TEST(Status, OfABatchJobHasTwoSpellings) {
    const Kind& job = kind_named("batchInferenceJob");
    const struct {
        const char* stored;
        const char* documented;
    } cases[] = {{"CREATE PENDING", "PENDING"},
                 {"CREATE IN_PROGRESS", "IN PROGRESS"},
                 {"ACTIVE", "ACTIVE"},
                 {"CREATE FAILED", "CREATE FAILED"}};
    for (const auto& one : cases) {
        EXPECT_EQ(displayed_status(job, one.stored, StatusNames::documented), one.documented);
        EXPECT_EQ(displayed_status(job, one.stored, StatusNames::observed), one.stored);
        EXPECT_EQ(stored_status(job, one.documented), one.stored);
        EXPECT_EQ(stored_status(job, one.stored), one.stored);
    }
}

TEST(Status, OfAllOtherKindsHasOneSpelling) {
    const Kind& filter = kind_named("filter");
    EXPECT_EQ(displayed_status(filter, "CREATE PENDING", StatusNames::documented), "CREATE PENDING");
    EXPECT_EQ(stored_status(filter, "PENDING"), "PENDING");
}

}  // namespace
}  // namespace plocal::resources
