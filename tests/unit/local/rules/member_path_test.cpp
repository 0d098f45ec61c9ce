#include "server/local/rules/member_path.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/model/service.h"

namespace plocal::rules {
namespace {

using base::parse_json;
using testing::Contains;
using testing::IsEmpty;

MemberPath path(const char* text) {
    return MemberPath::parse(text).value();
}

const model::Shape& input_of(const char* operation) {
    return *model::personalize().operation(operation)->input;
}

TEST(MemberPath, FindsAValue) {
    const base::Json input = parse_json(R"({"jobName": "n", "a/b": 1, "m~n": 2, "": 3, "jobInput": {"path": "p"},
        "tags": [{"tagKey": "k"}, {"tagKey": "l"}], "10": "ten"})");
    const struct {
        const char* path;
        const char* value;  // null for none
    } cases[] = {
        {"jobName", "\"n\""},
        {"jobname", nullptr},
        {"jobInput", R"({"path":"p"})"},
        {"a/b", "1"},
        {"/a~1b", "1"},
        {"/m~0n", "2"},
        {"/", "3"},
        {"", "3"},
        {"/jobName", "\"n\""},
        {"/jobName/", nullptr},
        {"/jobInput/path", "\"p\""},
        {"jobInput/path", nullptr},
        {"/jobInput/path/x", nullptr},
        {"/tags/1/tagKey", "\"l\""},
        {"/tags/2/tagKey", nullptr},
        {"/tags/01/tagKey", nullptr},
        {"/tags/-/tagKey", nullptr},
        {"/tags/-1/tagKey", nullptr},
        {"/tags/1x/tagKey", nullptr},
        {"/tags/99999999999999999999/tagKey", nullptr},
        {"/10", "\"ten\""},
    };
    for (const auto& one : cases) {
        const base::Json* const value = path(one.path).find(input);
        ASSERT_EQ(value != nullptr, one.value != nullptr) << one.path;
        if (value != nullptr) {
            EXPECT_EQ(value->dump(), one.value) << one.path;
        }
    }
}

TEST(MemberPath, IsNotReadWithABadEscape) {
    for (const char* const text : {"/~", "/a~", "/a~2b", "/a/b~/c"}) EXPECT_FALSE(MemberPath::parse(text)) << text;
    EXPECT_TRUE(MemberPath::parse("a~2")) << "a name may hold anything";
}

TEST(MemberPath, FindsAShape) {
    const model::Shape& input = input_of("CreateBatchInferenceJob");
    for (const char* const text : {"jobName", "/jobName", "/jobInput/s3DataSource/path", "/tags/7/tagKey",
                                   "/batchInferenceJobConfig/itemExplorationConfig/anything"}) {
        EXPECT_NE(path(text).find(input), nullptr) << text;
    }
    for (const char* const text : {"jobname", "/jobInput/path", "/jobName/x", "/tags/first/tagKey", "/"}) {
        EXPECT_EQ(path(text).find(input), nullptr) << text;
    }
}

TEST(MemberPath, ListsItsNeighbours) {
    const model::Shape& input = input_of("CreateBatchInferenceJob");
    EXPECT_THAT(path("jobname").neighbours(input), Contains("jobName"));
    EXPECT_THAT(path("/jobInput/s3/path").neighbours(input), Contains("/jobInput/s3DataSource/path"));
    EXPECT_THAT(path("/jobinput/s3DataSource/path").neighbours(input), Contains("/jobInput/s3DataSource/path"));
    EXPECT_THAT(path("/jobinput/a~1b").neighbours(input), Contains("/jobInput/a~1b"));
    EXPECT_THAT(path("/jobName/x").neighbours(input), IsEmpty());
    EXPECT_THAT(path("/jobInput/s3DataSource/path").neighbours(input), IsEmpty());
}

}  // namespace
}  // namespace plocal::rules
