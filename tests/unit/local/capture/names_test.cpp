#include "server/local/capture/names.h"

#include <gtest/gtest.h>

namespace plocal::capture {
namespace {

using base::Json;

TEST(Names, ReplaceTheAccountInArnsOfAllServices) {
    const struct {
        const char* text;
        const char* renamed;
    } cases[] = {
        {"arn:aws:personalize:eu-west-1:123456789012:solution/films/1a",
         "arn:aws:personalize:eu-west-1:000000000000:solution/films/1a"},
        {"arn:aws:iam::123456789012:role/personalize", "arn:aws:iam::000000000000:role/personalize"},
        {"arn:aws-cn:kms:cn-north-1:123456789012:key/9", "arn:aws-cn:kms:cn-north-1:000000000000:key/9"},
        {"no access for arn:aws:iam::123456789012:role/a to arn:aws:kms:eu-west-1:123456789012:key/9",
         "no access for arn:aws:iam::000000000000:role/a to arn:aws:kms:eu-west-1:000000000000:key/9"},
        {"123456789012", "000000000000"},
        {"arn:aws:iam::210987654321:role/other", "arn:aws:iam::210987654321:role/other"},
        {"arn:aws:personalize:::recipe/aws-sims", "arn:aws:personalize:::recipe/aws-sims"},
        {"arn:aws:iam::1234567890123:role/longer", "arn:aws:iam::1234567890123:role/longer"},
        {"s3://films-123456789012/users.json", "s3://films-123456789012/users.json"},
        {"arn: a word, then 123456789012: a number", "arn: a word, then 123456789012: a number"},
        {"arn:", "arn:"},
        {"", ""},
    };
    for (const auto& one : cases) EXPECT_EQ(renamed(one.text, "123456789012", "000000000000"), one.renamed);
}

TEST(Names, AreReplacedAtAnyDepthOfAValue) {
    Json value = {{"accountId", "123456789012"},
                  {"123456789012", 1},
                  {"list", {{{"roleArn", "arn:aws:iam::123456789012:role/a"}}, nullptr, 2.5}}};
    rename_account(value, "123456789012", "000000000000");
    EXPECT_EQ(value, (Json{{"accountId", "000000000000"},
                           {"123456789012", 1},
                           {"list", {{{"roleArn", "arn:aws:iam::000000000000:role/a"}}, nullptr, 2.5}}}));
}

}  // namespace
}  // namespace plocal::capture
