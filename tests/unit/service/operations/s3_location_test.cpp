#include "server/service/operations/s3_location.h"

#include <string>

#include <gtest/gtest.h>

namespace plocal::operations {
namespace {

std::string place_of(const std::string& url) {
    const auto location = parse_s3_location(url);
    return location ? std::string(location->bucket) + "|" + std::string(location->key) : "none";
}

// Fidelity: documented | A path is `s3://` and a valid bucket name |
//   https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html; DG/API_S3DataConfig.html
TEST(S3Location, IsABucketAndAKey) {
    const struct {
        std::string url;
        std::string expected;
    } cases[] = {
        {"s3://bucket/key", "bucket|key"},
        {"s3://bucket/folder/key.json", "bucket|folder/key.json"},
        {"s3://bucket/folder/", "bucket|folder/"},
        {"s3://bucket/", "bucket|"},
        {"s3://bucket", "bucket|"},
        {"s3://bucket//key", "bucket|/key"},
        {"s3://bucket/a b/\xc3\xa9?x=1#y", "bucket|a b/\xc3\xa9?x=1#y"},
        {"s3://my.bucket-1/key", "my.bucket-1|key"},
        {"s3://123/key", "123|key"},
        {"s3://" + std::string(63, 'a') + "/key", std::string(63, 'a') + "|key"},
        {"s3://" + std::string(64, 'a') + "/key", "none"},
        {"s3://ab/key", "none"},
        {"s3:///key", "none"},
        {"s3://", "none"},
        {"s3://Bucket/key", "none"},
        {"s3://my_bucket/key", "none"},
        {"s3://-bucket/key", "none"},
        {"s3://bucket-/key", "none"},
        {"s3://.bucket/key", "none"},
        {"s3://bucket./key", "none"},
        {"s3://my..bucket/key", "none"},
        {"s3://my bucket/key", "none"},
        {"S3://bucket/key", "none"},
        {"s3:/bucket/key", "none"},
        {"s3a://bucket/key", "none"},
        {"http://bucket/key", "none"},
        {"https://bucket.s3.amazonaws.com/key", "none"},
        {"bucket/key", "none"},
        {" s3://bucket/key", "none"},
        {"", "none"},
    };
    for (const auto& one : cases) EXPECT_EQ(place_of(one.url), one.expected) << one.url;
}

TEST(S3Location, IsTheSameWithAndWithoutATrailingSlash) {
    const struct {
        const char* one;
        const char* other;
        bool same;
    } cases[] = {
        {"s3://bucket/folder", "s3://bucket/folder", true},
        {"s3://bucket/folder", "s3://bucket/folder/", true},
        {"s3://bucket", "s3://bucket/", true},
        {"s3://bucket/folder", "s3://bucket/folder/file", false},
        {"s3://bucket/folder", "s3://bucket/Folder", false},
        {"s3://bucket/folder", "s3://bucket2/folder", false},
        {"s3://bucket/folder//", "s3://bucket/folder", false},
        {"s3://bucket/", "s3://bucket/folder", false},
    };
    for (const auto& one : cases) {
        EXPECT_EQ(parse_s3_location(one.one)->is_same_folder_as(*parse_s3_location(one.other)), one.same) << one.other;
        EXPECT_EQ(parse_s3_location(one.other)->is_same_folder_as(*parse_s3_location(one.one)), one.same) << one.other;
    }
}

}  // namespace
}  // namespace plocal::operations
