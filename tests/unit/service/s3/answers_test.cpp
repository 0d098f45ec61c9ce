#include "server/service/s3/answers.h"

#include <gtest/gtest.h>

#include "server/service/s3/endpoint_writer.h"
#include "server/service/s3/patience.h"

namespace plocal::s3 {
namespace {

std::string list_of(const std::string& inside) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult "
           "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" +
           inside + "</ListBucketResult>";
}

TEST(ListAnswer, HasItsObjects) {
    const ListPage page =
        read_list_page(list_of("<Name>shop</Name><Prefix>in/</Prefix><IsTruncated>false</IsTruncated>"
                               "<Contents><Key>in/a&amp;b</Key><Size>12</Size><ETag>&quot;1&quot;</ETag></Contents>"
                               "<Contents><Size>0</Size><Key>in/c+d%20</Key></Contents>"));
    EXPECT_EQ(page.fault, "");
    EXPECT_FALSE(page.is_truncated);
    ASSERT_EQ(page.objects.size(), 2U);
    EXPECT_EQ(page.objects[0].key, "in/a&b");
    EXPECT_EQ(page.objects[0].size_bytes, 12U);
    EXPECT_EQ(page.objects[1].key, "in/c+d%20");
}

TEST(ListAnswer, HasDecodedKeysWhereItSaysThatTheyAreEncoded) {
    const ListPage page = read_list_page(
        list_of("<Contents><Key>a+b%2Bc%0A%C3%A4%zz</Key><Size>1</Size></Contents><EncodingType>url</EncodingType>"));
    ASSERT_EQ(page.objects.size(), 1U);
    EXPECT_EQ(page.objects[0].key, "a b+c\nä%zz");
}

TEST(ListAnswer, SaysWhatIsWrongWithIt) {
    const struct {
        std::string document;
        const char* fault;
    } cases[] = {
        {"<html></html>", "no <ListBucketResult>"},
        {list_of("<Contents><Size>1</Size></Contents>"), "an object without a key"},
        {list_of("<Contents><Key>a</Key><Size>-1</Size></Contents>"), "a size '-1'"},
        {list_of("<Contents><Key>a</Key><Size>99999999999999999999</Size></Contents>"),
         "a size '99999999999999999999'"},
        {list_of("<IsTruncated>true</IsTruncated>"), "a page with more behind it, but no <NextContinuationToken>"},
        {"<ListBucketResult><Contents>", "no end of <Contents> at byte 28"},
        {list_of("<EncodingType>url</EncodingType><Contents><Key>a%FF</Key><Size>1</Size></Contents>"),
         "a key that is not UTF-8"},
    };
    for (const auto& each : cases) EXPECT_EQ(read_list_page(each.document).fault, each.fault) << each.document;
}

TEST(ErrorAnswer, IsReadFromErrorsAlone) {
    const auto error = read_error("<Error><Code>NoSuchKey</Code><Message>It is\nnot there.</Message></Error>");
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->code, "NoSuchKey");
    EXPECT_EQ(error->message, "It is not there.");
    EXPECT_FALSE(read_error("<Answer><Code>NoSuchKey</Code></Answer>").has_value());
    EXPECT_FALSE(read_error("").has_value());
    EXPECT_FALSE(read_error("<html>").has_value());
}

TEST(CompleteDocument, NumbersThePartsFromOne) {
    EXPECT_EQ(complete_document({"\"1\"", "<2>"}),
              "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
              "<Part><PartNumber>1</PartNumber><ETag>&quot;1&quot;</ETag></Part>"
              "<Part><PartNumber>2</PartNumber><ETag>&lt;2&gt;</ETag></Part></CompleteMultipartUpload>");
}

TEST(Parts, AreEightMebibytesUntilTheUploadIsLong) {
    constexpr std::size_t mebibyte = std::size_t{1} << 20U;
    EXPECT_EQ(part_bytes(1), 8 * mebibyte);
    EXPECT_EQ(part_bytes(2'000), 8 * mebibyte);
    EXPECT_EQ(part_bytes(2'001), 16 * mebibyte);
    EXPECT_EQ(part_bytes(3'000), 16 * mebibyte);
    EXPECT_EQ(part_bytes(3'001), 32 * mebibyte);
    std::size_t whole = 0;
    for (std::size_t number = 1; number <= 10'000; ++number) whole += part_bytes(number);
    EXPECT_GT(whole, 3 * mebibyte * mebibyte) << "10,000 parts hold terabytes";
    EXPECT_LT(part_bytes(10'000), 5'120 * mebibyte) << "S3 takes no larger part";
}

TEST(Failures, MayPassWhereTheStoreIsNotWellOrNotThere) {
    using Kind = http::ClientError::Kind;
    const struct {
        int status;
        const char* code;
        bool may_pass;
    } answers[] = {
        {500, "InternalError", true},
        {502, "", true},
        {503, "SlowDown", true},
        {504, "", true},
        {429, "", true},
        {400, "RequestTimeout", true},
        {200, "InternalError", true},
        {400, "BadDigest", false},
        {403, "SignatureDoesNotMatch", false},
        {404, "NoSuchKey", false},
        {501, "", false},
        {301, "PermanentRedirect", false},
    };
    for (const auto& each : answers) EXPECT_EQ(may_pass(each.status, each.code), each.may_pass) << each.status;
    EXPECT_TRUE(may_pass(Kind::not_connected));
    EXPECT_TRUE(may_pass(Kind::cut));
    EXPECT_TRUE(may_pass(Kind::timed_out));
    EXPECT_TRUE(may_pass(Kind::unresolved));
    EXPECT_FALSE(may_pass(Kind::untrusted));
    EXPECT_FALSE(may_pass(Kind::no_tls));
    EXPECT_FALSE(may_pass(Kind::malformed));
}

}  // namespace
}  // namespace plocal::s3
