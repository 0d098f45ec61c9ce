#include "server/service/resources/arn.h"

#include <string>

#include <gtest/gtest.h>

namespace plocal::resources {
namespace {

std::string parts_of(std::string_view text) {
    const auto arn = parse_arn(text);
    if (!arn) return "none";
    std::string parts(arn->partition);
    for (const std::string_view part : {arn->region, arn->account, arn->type, arn->id}) parts.append("|").append(part);
    return parts;
}

// Fidelity: seen | The ARNs of recipes and other AWS-owned resources have neither a region nor an account |
//   aws-samples/amazon-personalize-samples; aws-samples/amazon-personalize-immersion-day
TEST(Arn, IsSplitIntoItsParts) {
    const struct {
        const char* text;
        const char* expected;
    } cases[] = {
        {"arn:aws:personalize:us-east-1:000000000000:batch-inference-job/one",
         "aws|us-east-1|000000000000|batch-inference-job|one"},
        {"arn:aws:personalize:us-east-1:000000000000:solution/movies/1234abcd",
         "aws|us-east-1|000000000000|solution|movies/1234abcd"},
        {"arn:aws-cn:personalize:cn-north-1:000000000000:schema/s", "aws-cn|cn-north-1|000000000000|schema|s"},
        {"arn:aws:personalize:::recipe/aws-sims", "aws|||recipe|aws-sims"},
        {"arn:aws:personalize:us-east-1:000000000000:filter/a:b", "aws|us-east-1|000000000000|filter|a:b"},
        {"", "none"},
        {"arn", "none"},
        {"arn:aws:personalize", "none"},
        {"arn:aws:personalize:us-east-1", "none"},
        {"arn:aws:personalize:us-east-1:000000000000", "none"},
        {"arn:aws:personalize:us-east-1:000000000000:", "none"},
        {"arn:aws:personalize:us-east-1:000000000000:filter", "none"},
        {"arn:aws:personalize:us-east-1:000000000000:filter/", "none"},
        {"arn:aws:personalize:us-east-1:000000000000:/name", "none"},
        {"arn::personalize:us-east-1:000000000000:filter/a", "none"},
        {"arn:aws:s3:us-east-1:000000000000:filter/a", "none"},
        {"ARN:aws:personalize:us-east-1:000000000000:filter/a", "none"},
        {" arn:aws:personalize:us-east-1:000000000000:filter/a", "none"},
    };
    for (const auto& one : cases) EXPECT_EQ(parts_of(one.text), one.expected) << one.text;
}

TEST(Arn, HasAnOwner) {
    EXPECT_EQ(parse_arn("arn:aws:personalize:eu-west-1:111111111111:filter/a")->owner(),
              (storage::Owner{"111111111111", "eu-west-1"}));
    EXPECT_EQ(parse_arn("arn:aws:personalize:::recipe/aws-sims")->owner(), storage::Owner{});
}

TEST(Arn, UsesThePartitionOfItsRegion) {
    const struct {
        const char* region;
        const char* partition;
    } cases[] = {{"us-east-1", "aws"},         {"eu-central-1", "aws"},         {"cn-north-1", "aws-cn"},
                 {"cn-northwest-1", "aws-cn"}, {"us-gov-west-1", "aws-us-gov"}, {"ca-central-1", "aws"}};
    for (const auto& one : cases) {
        const std::string arn = build_arn({"000000000000", one.region}, "filter", "a");
        EXPECT_EQ(arn, std::string("arn:") + one.partition + ":personalize:" + one.region + ":000000000000:filter/a");
        EXPECT_EQ(parse_arn(arn)->owner(), (storage::Owner{"000000000000", one.region}));
    }
}

}  // namespace
}  // namespace plocal::resources
