#include <atomic>
#include <chrono>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/service/s3/endpoint_store.h"
#include "server/service/s3/endpoint_writer.h"
#include "server/wire/http/certificate.h"
#include "server/wire/signing/digest.h"
#include "tests/support/echo_server.h"
#include "tests/support/objects.h"
#include "tests/support/scripted_endpoint.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::test {
namespace {

using s3::Access;
using s3::EndpointStore;
using s3::error_of;
using s3::ObjectName;
using std::chrono::milliseconds;
using testing::ContainsRegex;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::StartsWith;
using Step = ScriptedEndpoint::Step;

constexpr milliseconds plenty{60'000};
constexpr milliseconds brief{1'000};  // enough for a second attempt
const Access tokyo{"ap-northeast-1", {}};

s3::Endpoint at(const std::string& url, milliseconds silence) {
    return {.url = http::parse_url(url).value(), .key = {"test", "test", ""}, .tls = nullptr, .silence = silence};
}

/// A store at an endpoint with this script.
struct Scripted {
    ScriptedEndpoint endpoint;
    EndpointStore store;

    explicit Scripted(std::vector<Step> steps, milliseconds silence = plenty)
        : endpoint(std::move(steps)), store(at(endpoint.url(), silence)) {}

    std::string content(const ObjectName& name = {"shop", "a"}, const Access& access = tokyo) {
        return content_of(store, name, access);
    }

    /// The text of the error, with ENDPOINT for the host and port.
    template <class Call>
    std::string error(Call&& call) const {
        std::string text = error_of(call);
        const std::size_t found = text.find(endpoint.host());
        return found == std::string::npos ? text : text.replace(found, endpoint.host().size(), "ENDPOINT");
    }
};

Step error_answer(int status, const std::string& code, const std::string& message = "What happened.") {
    return answers(status, "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>" + message +
                               "</Message><Resource>/shop/a</Resource></Error>");
}

Step page(const std::vector<std::string>& keys, const std::string& next = "") {
    std::string body = "<ListBucketResult><EncodingType>url</EncodingType>";
    for (const std::string& key : keys) body += "<Contents><Key>" + key + "</Key><Size>7</Size></Contents>";
    if (!next.empty()) {
        body += "<NextContinuationToken>" + next + "</NextContinuationToken><IsTruncated>true</IsTruncated>";
    }
    return answers(200, body + "</ListBucketResult>");
}

TEST(S3Endpoint, IsAskedPathStyleAndSigned) {
    Scripted scripted({answers(200, "content")});
    EXPECT_EQ(scripted.content({"shop", "in/a b+c//./ä?#%"}), "content");
    ASSERT_THAT(scripted.endpoint.lines(), ElementsAre("GET /shop/in/a%20b%2Bc//./%C3%A4%3F%23%25"));
    auto headers = scripted.endpoint.requests().front().headers;
    EXPECT_THAT(headers["authorization"], StartsWith("AWS4-HMAC-SHA256 Credential=test/"));
    EXPECT_THAT(headers["authorization"], HasSubstr("/ap-northeast-1/s3/aws4_request, SignedHeaders="));
    EXPECT_EQ(headers["x-amz-content-sha256"], signing::sha256(""));
    EXPECT_EQ(headers["host"], scripted.endpoint.host());
    EXPECT_EQ(headers.count("x-amz-security-token"), 0U);
}

TEST(S3Endpoint, MayBeBehindAPathAndTakeATemporaryKey) {
    ScriptedEndpoint endpoint({answers(200, "content")});
    s3::Endpoint behind = at(endpoint.url() + "/storage/", plenty);
    behind.key.session_token = "a token";
    EndpointStore store(behind);
    EXPECT_EQ(content_of(store, {"shop", "a"}, tokyo), "content");
    EXPECT_THAT(endpoint.lines(), ElementsAre("GET /storage/shop/a"));
    EXPECT_EQ(endpoint.requests().front().headers["x-amz-security-token"], "a token");
}

TEST(S3Endpoint, ListsPageAfterPage) {
    Scripted scripted({page({"in/", "in/a%2Bb", "in/c+d"}, "to/ken=="), page({"in/%C3%A4", "other/e"})});
    EXPECT_THAT(listed(scripted.store, {"shop", "in/"}, tokyo), ElementsAre("in/a+b 7", "in/c d 7", "in/ä 7"));
    EXPECT_THAT(scripted.endpoint.lines(),
                ElementsAre("GET /shop?encoding-type=url&list-type=2&max-keys=1000&prefix=in%2F",
                            "GET /shop?continuation-token=to%2Fken%3D%3D&encoding-type=url&list-type=2&max-keys=1000&"
                            "prefix=in%2F"));
}

TEST(S3Endpoint, ReportsWhatTheStoreRefuses) {
    const std::string key =
        "; signed with the access key 'test' from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of this server";
    const struct {
        Step step;
        std::string error;
    } cases[] = {
        {error_answer(404, "NoSuchBucket"), "NoSuchBucket: What happened. (HTTP 404 from ENDPOINT)"},
        {error_answer(404, "NoSuchKey"), "NoSuchKey: What happened. (HTTP 404 from ENDPOINT)"},
        {error_answer(403, "AccessDenied"), "AccessDenied: What happened. (HTTP 403 from ENDPOINT)" + key},
        {error_answer(403, "SignatureDoesNotMatch"),
         "SignatureDoesNotMatch: What happened. (HTTP 403 from ENDPOINT)" + key},
        {error_answer(400, "AuthorizationHeaderMalformed", "the region is wrong"),
         "AuthorizationHeaderMalformed: the region is wrong (HTTP 400 from ENDPOINT)"},
        {answers(404, ""), "HTTP 404 from ENDPOINT, without a body"},
        {answers(403, "<html>no\nentry"), "HTTP 403 from ENDPOINT: <html>no entry"},
        {answers(307, "", "location: http://elsewhere/\r\n"),
         "HTTP 307 from ENDPOINT, without a body, a redirect to http://elsewhere/, which is not followed"},
        {answers(204, ""), "HTTP 204 from ENDPOINT, without a body"},
        {answers_bytes("220 smtp.example ESMTP\r\n"), "ENDPOINT does not answer in HTTP"},
    };
    for (const auto& each : cases) {
        Scripted reading({each.step});
        EXPECT_THAT(reading.error([&] { reading.content(); }), StartsWith("s3://shop/a: " + each.error));
        EXPECT_THAT(reading.endpoint.requests(), SizeIs(1)) << each.error;
        if (each.error.starts_with("HTTP 204")) continue;
        Scripted listing({each.step});
        EXPECT_THAT(listing.error([&] {
            listed(listing.store, {"shop", "in/"}, tokyo);
        }),
                    StartsWith("s3://shop/in/: " + each.error));
        Scripted writing({each.step});
        EXPECT_THAT(writing.error([&] {
            put(writing.store, {"shop", "a"}, "x", tokyo);
        }),
                    StartsWith("s3://shop/a: " + each.error));
    }
}

TEST(S3Endpoint, RefusesAPathWithoutAKeyWithoutARequest) {
    Scripted scripted({answers(200, "a bucket's listing")});
    EXPECT_EQ(scripted.error([&] { scripted.content({"shop", ""}); }), "s3://shop/: NoSuchKey: the path has no key");
    EXPECT_EQ(scripted.error([&] {
        put(scripted.store, {"shop", ""}, "x", tokyo);
    }),
              "s3://shop/: InvalidKey: the path has no key");
    EXPECT_THAT(scripted.endpoint.lines(), IsEmpty());
}

TEST(S3Endpoint, IsAskedAgainAfterWhatMayPass) {
    const struct {
        const char* name;
        Step step;
    } failures[] = {
        {"an internal error", error_answer(500, "InternalError")},
        {"a gateway without its server", answers(502, "<html>")},
        {"too many requests", error_answer(503, "SlowDown")},
        {"a gateway that waits too long", answers(504, "")},
        {"throttling", answers(429, "")},
        {"a slow request", error_answer(400, "RequestTimeout")},
        {"a connection that is reset", resets_after("")},
        {"a connection that is closed", answers_bytes("")},
        {"half a head", answers_bytes("HTTP/1.1 200 OK\r\ncontent-le")},
        {"a body that is cut before its first byte", answers_bytes("HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\n")},
    };
    for (const auto& each : failures) {
        Scripted reading({each.step, answers(200, "content")});
        EXPECT_EQ(reading.content(), "content") << each.name;
        Scripted listing({each.step, page({"a"})});
        EXPECT_THAT(listed(listing.store, {"shop", ""}, tokyo), ElementsAre("a 7")) << each.name;
        Scripted writing({each.step, answers(200, "")});
        put(writing.store, {"shop", "a"}, "content", tokyo);
        EXPECT_THAT(writing.endpoint.lines().back(), "PUT /shop/a") << each.name;
        EXPECT_EQ(writing.endpoint.requests().back().body, "content") << each.name;
    }
}

TEST(S3Endpoint, IsGivenUpAfterTheTimeOfItsSilence) {
    const struct {
        Step step;
        const char* error;
    } cases[] = {
        {error_answer(503, "SlowDown"),
         "^s3://shop/a: SlowDown: What happened. \\(HTTP 503 from ENDPOINT, [2-9] attempts in 1 s\\)$"},
        {answers(500, ""), "^s3://shop/a: HTTP 500 from ENDPOINT, without a body \\([2-9] attempts in 1 s\\)$"},
        {answers_bytes(""),
         "^s3://shop/a: ENDPOINT has closed the connection before its response \\([2-9] attempts in 1 s\\)$"},
    };
    for (const auto& each : cases) {
        Scripted scripted({each.step}, brief);
        EXPECT_THAT(scripted.error([&] { scripted.content(); }), ContainsRegex(each.error));
    }
}

TEST(S3Endpoint, MayNotBeSilentForLonger) {
    const Step silences[] = {falls_silent_after(""), falls_silent_after("HTTP/1.1 200 OK\r\n")};
    for (const Step& silence : silences) {
        Scripted scripted({silence}, brief);
        EXPECT_THAT(scripted.error([&] { scripted.content(); }),
                    StartsWith("s3://shop/a: ENDPOINT has sent nothing for "));
    }
    Scripted scripted({falls_silent_after("HTTP/1.1 200 OK\r\netag: 1\r\ncontent-length: 9\r\n\r\nhalf")}, brief);
    EXPECT_THAT(scripted.error([&] { scripted.content(); }), StartsWith("s3://shop/a: ENDPOINT has sent nothing for "));
}

TEST(S3Endpoint, IsReportedWhereNothingListens) {
    std::string host;
    {
        const ScriptedEndpoint gone({answers(200, "")});
        host = gone.host();
    }
    EndpointStore store(at("http://" + host, brief));
    EXPECT_THAT(
        error_of([&] {
            content_of(store, {"shop", "a"}, tokyo);
        }),
        ContainsRegex("^s3://shop/a: cannot connect to " + host + ": Connection refused \\([2-9] attempts in 1 s\\)$"));
}

Step half_then_reset(const std::string& etag) {
    return [etag](const ReceivedRequest&, ScriptedPeer& peer) {
        peer.send("HTTP/1.1 200 OK\r\n" + etag + "content-length: 8\r\n\r\nhalf");
    };
}

TEST(S3Endpoint, GoesOnBehindTheByteWhereAnObjectWasCut) {
    const std::string etag = "etag: \"1\"\r\n";
    const struct {
        const char* name;
        Step step;
    } rests[] = {
        {"a range", answers(206, "rest", etag + "content-range: bytes 4-7/8\r\n")},
        {"an endpoint without ranges", answers(200, "halfrest", etag)},
    };
    for (const auto& each : rests) {
        Scripted scripted({half_then_reset(etag), error_answer(503, "SlowDown"), each.step});
        EXPECT_EQ(scripted.content(), "halfrest") << each.name;
        const auto requests = scripted.endpoint.requests();
        ASSERT_THAT(requests, SizeIs(3)) << each.name;
        EXPECT_EQ(requests[0].headers.count("range"), 0U) << each.name;
        EXPECT_EQ(requests[2].headers.at("range"), "bytes=4-") << each.name;
        EXPECT_EQ(requests[2].headers.at("if-match"), "\"1\"") << each.name;
    }
}

TEST(S3Endpoint, NeverJoinsTwoVersionsOfAnObject) {
    const std::string etag = "etag: \"1\"\r\n";
    const std::string range = "content-range: bytes 4-7/8\r\n";
    const struct {
        std::vector<Step> steps;
        const char* error;
    } cases[] = {
        {{half_then_reset(etag), error_answer(412, "PreconditionFailed")}, "the object has changed while it was read"},
        {{half_then_reset(etag), answers(206, "rest", "etag: \"2\"\r\n" + range)},
         "the object has changed while it was read"},
        {{half_then_reset(etag), answers(200, "changed", "etag: \"2\"\r\n")},
         "the object has changed while it was read"},
        {{half_then_reset(etag), answers(206, "rest", etag + "content-range: bytes 0-3/8\r\n")},
         "ENDPOINT answers with another range than it was asked for"},
        {{half_then_reset(etag), error_answer(404, "NoSuchKey")},
         "NoSuchKey: What happened. (HTTP 404 from ENDPOINT, 2 attempts in 60 s)"},
        {{half_then_reset("")}, "ENDPOINT sends a broken response body"},
    };
    for (const auto& each : cases) {
        Scripted scripted(each.steps);
        EXPECT_THAT(scripted.error([&] { scripted.content(); }), StartsWith(std::string("s3://shop/a: ") + each.error));
    }
}

TEST(S3Endpoint, ReportsAListingThatIsNone) {
    const std::string another_form = "s3://shop/in/: ENDPOINT lists objects in another form than S3: ";
    const struct {
        std::vector<Step> steps;
        std::string error;
    } cases[] = {
        {{answers(200, "<ListBucketResult><Contents>")}, another_form + "no end of <Contents> at byte 28"},
        {{answers(200, "<html/>")}, another_form + "no <ListBucketResult>"},
        {{answers(200, "")}, another_form + "no element at byte 0"},
        {{answers(200, "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")}, another_form + "a document type at byte 2"},
        {{page({"in/a"}, "1"), page({"in/b"}, "1")}, "s3://shop/in/: ENDPOINT lists one page without end"},
        {{answers(200, std::string((16U << 20U) + 1, ' '))},
         "s3://shop/in/: ENDPOINT answers with more than 16 MiB where S3 would be brief"},
    };
    for (const auto& each : cases) {
        Scripted scripted(each.steps);
        EXPECT_EQ(scripted.error([&] { listed(scripted.store, {"shop", "in/"}, tokyo); }), each.error);
    }
}

TEST(S3Endpoint, SendsNoMoreOfAnObjectThanIsReadSoon) {
    std::atomic<std::size_t> sent_bytes = 0;
    const Step sends_without_end = [&sent_bytes](const ReceivedRequest&, ScriptedPeer& peer) {
        peer.send("HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n");
        const std::string piece(100'000, 'a');
        for (int i = 0; i < 10'000 && peer.send(piece); ++i) sent_bytes += piece.size();
    };
    {
        Scripted scripted({sends_without_end});
        const auto pieces = scripted.store.read({"shop", "a"}, tokyo);
        EXPECT_FALSE(pieces->next().empty());
    }
    EXPECT_LT(sent_bytes, 100'000'000U) << "what sockets hold is far less than the object";
}

/// Bytes that differ from part to part.
std::string long_content(std::size_t size_bytes) {
    std::string content(size_bytes, '\0');
    for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<char>('a' + i / 1'000 % 26);
    return content;
}

const Step begins_upload =
    answers(200, "<InitiateMultipartUploadResult><UploadId>the/id</UploadId></InitiateMultipartUploadResult>");
const Step takes_part = answers(200, "", "ETag: \"part\"\r\n");
const Step no_object = answers(404, "");
const Step completes = answers(200, " \n<CompleteMultipartUploadResult><ETag>1</ETag></CompleteMultipartUploadResult>");

TEST(S3Endpoint, TakesALongObjectInParts) {
    const std::size_t part = s3::part_bytes(1);
    const std::string content = long_content(2 * part + 5);
    Scripted scripted({begins_upload, takes_part, resets_after(""), takes_part, takes_part, no_object, completes});
    put(scripted.store, {"shop", "out/a"}, content, tokyo);
    EXPECT_THAT(
        scripted.endpoint.lines(),
        ElementsAre("POST /shop/out/a?uploads=", "PUT /shop/out/a?partNumber=1&uploadId=the%2Fid",
                    "PUT /shop/out/a?partNumber=2&uploadId=the%2Fid", "PUT /shop/out/a?partNumber=2&uploadId=the%2Fid",
                    "PUT /shop/out/a?partNumber=3&uploadId=the%2Fid", "HEAD /shop/out/a",
                    "POST /shop/out/a?uploadId=the%2Fid"));
    const auto requests = scripted.endpoint.requests();
    EXPECT_TRUE(requests[1].body + requests[3].body + requests[4].body == content);
    EXPECT_EQ(requests[1].headers.at("x-amz-content-sha256"), signing::sha256(requests[1].body));
    EXPECT_THAT(requests[6].body, HasSubstr("<Part><PartNumber>3</PartNumber><ETag>&quot;part&quot;</ETag></Part>"));
}

TEST(S3Endpoint, HasNoUploadLeftOfAnObjectThatIsNotFinished) {
    Scripted scripted({begins_upload, takes_part, answers(204, "")});
    scripted.store.write({"shop", "a"}, tokyo)->write(long_content(s3::part_bytes(1) + 1));
    EXPECT_THAT(scripted.endpoint.lines().back(), "DELETE /shop/a?uploadId=the%2Fid");
}

TEST(S3Endpoint, HasNothingOfAShortObjectThatIsNotFinished) {
    Scripted scripted({answers(200, "")});
    scripted.store.write({"shop", "a"}, tokyo)->write("content");
    EXPECT_THAT(scripted.endpoint.lines(), IsEmpty());
}

TEST(S3Endpoint, TakesASealedObjectInPartsUnlessItIsShort) {
    {
        Scripted scripted({begins_upload, takes_part, no_object, completes});
        const auto writer = scripted.store.write({"shop", "a"}, tokyo);
        writer->write(long_content(20'000));
        writer->seal();
        EXPECT_THAT(scripted.endpoint.lines(),
                    ElementsAre("POST /shop/a?uploads=", "PUT /shop/a?partNumber=1&uploadId=the%2Fid"));
        writer->finish();
        EXPECT_THAT(scripted.endpoint.lines().back(), "POST /shop/a?uploadId=the%2Fid");
    }
    Scripted scripted({answers(200, "")});
    const auto writer = scripted.store.write({"shop", "a"}, tokyo);
    writer->write("content");
    writer->seal();
    EXPECT_THAT(scripted.endpoint.lines(), IsEmpty());
    writer->finish();
    EXPECT_EQ(scripted.endpoint.requests().back().body, "content");
}

TEST(S3Endpoint, HasNoObjectThatIsWithdrawn) {
    Scripted scripted({answers(200, ""), answers(204, "")});
    const auto writer = scripted.store.write({"shop", "a"}, tokyo);
    writer->write("content");
    writer->finish();
    writer->withdraw();
    EXPECT_THAT(scripted.endpoint.lines(), ElementsAre("PUT /shop/a", "DELETE /shop/a"));
}

TEST(S3Endpoint, ReportsAnUploadThatFails) {
    const std::string content = long_content(s3::part_bytes(1));
    const std::string refused = "AccessDenied: What happened.";
    const struct {
        std::vector<Step> steps;
        std::string error;
    } cases[] = {
        {{error_answer(403, "AccessDenied")}, refused},
        {{answers(200, "<a/>")}, "the endpoint begins a multipart upload without an <UploadId>"},
        {{begins_upload, error_answer(403, "AccessDenied"), answers(204, "")}, refused},
        {{begins_upload, answers(200, ""), answers(204, "")}, "the endpoint takes part 1 of an upload without an ETag"},
        {{begins_upload, takes_part, no_object, error_answer(200, "InvalidPart"), answers(204, "")},
         "InvalidPart: What happened."},
        {{begins_upload, takes_part, no_object, error_answer(404, "NoSuchUpload"), answers(204, "")},
         "NoSuchUpload: What happened."},
    };
    for (const auto& each : cases) {
        Scripted scripted(each.steps);
        EXPECT_THAT(scripted.error([&] {
            put(scripted.store, {"shop", "a"}, content, tokyo);
        }),
                    StartsWith("s3://shop/a: " + each.error));
        const char* const last = each.steps.size() > 1 ? "DELETE " : "POST ";
        EXPECT_THAT(scripted.endpoint.lines().back(), StartsWith(last)) << each.error;
    }
}

TEST(S3Endpoint, IsTriedAgainWhereAnAnswerOfSuccessTurnsOutToBeAnError) {
    Scripted scripted({begins_upload, takes_part, no_object, error_answer(200, "InternalError"), completes});
    put(scripted.store, {"shop", "a"}, long_content(s3::part_bytes(1)), tokyo);
    EXPECT_THAT(scripted.endpoint.lines(), SizeIs(5));
}

TEST(S3Endpoint, MayLoseItsAnswerToTheEndOfAnUpload) {
    const std::string content = long_content(s3::part_bytes(1));
    const auto object = [](std::size_t size, const std::string& etag) {
        return answers_bytes("HTTP/1.1 200 OK\r\netag: " + etag + "\r\ncontent-length: " + std::to_string(size) +
                             "\r\n\r\n");
    };
    const struct {
        const char* name;
        Step before;
        Step after;
        bool is_done;
    } cases[] = {
        {"a new object", no_object, object(content.size(), "new"), true},
        {"a new object in the place of an old one", object(3, "old"), object(content.size(), "new"), true},
        {"no object", no_object, no_object, false},
        {"an object of another size", no_object, object(3, "new"), false},
        {"the old object", object(content.size(), "old"), object(content.size(), "old"), false},
    };
    for (const auto& each : cases) {
        Scripted scripted({begins_upload, takes_part, each.before, answers_bytes(""), error_answer(404, "NoSuchUpload"),
                           each.after, answers(204, "")});
        const std::string error = scripted.error([&] { put(scripted.store, {"shop", "a"}, content, tokyo); });
        EXPECT_THAT(error, StartsWith(each.is_done ? "" : "s3://shop/a: NoSuchUpload")) << each.name;
        EXPECT_EQ(error.empty(), each.is_done) << each.name;
    }
}

/// Aborts the work from another thread once the endpoint has been asked.
class AbortOnceAsked {
public:
    explicit AbortOnceAsked(const ScriptedEndpoint& endpoint)
        : thread_([this, &endpoint] {
              while (endpoint.lines().empty()) std::this_thread::yield();
              begin_ = std::chrono::steady_clock::now();
              is_aborted_ = true;
          }) {}
    ~AbortOnceAsked() { thread_.join(); }
    AbortOnceAsked(const AbortOnceAsked&) = delete;
    AbortOnceAsked& operator=(const AbortOnceAsked&) = delete;

    Access access() const {
        return {"us-east-1", [this] { return is_aborted_.load(); }};
    }
    std::chrono::steady_clock::duration passed() const { return std::chrono::steady_clock::now() - begin_; }

private:
    std::atomic<bool> is_aborted_ = false;
    std::chrono::steady_clock::time_point begin_;
    std::thread thread_;
};

TEST(S3Endpoint, IsLeftSoonAfterTheWorkIsAborted) {
    const struct {
        const char* name;
        Step step;
    } cases[] = {
        {"a silent endpoint", falls_silent_after("")},
        {"an endpoint that is silent within a body",
         falls_silent_after("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf")},
        {"an endpoint that fails again and again", answers(500, "")},
    };
    for (const auto& each : cases) {
        Scripted scripted({each.step});
        AbortOnceAsked abort(scripted.endpoint);
        EXPECT_THROW(scripted.content({"shop", "a"}, abort.access()), s3::Aborted) << each.name;
        EXPECT_LT(abort.passed(), milliseconds(500)) << each.name;
    }
}

TEST(S3Endpoint, IsLeftSoonWhereItsNameHadToBeResolved) {
    const ScriptedEndpoint endpoint({falls_silent_after("")});
    const std::string port = endpoint.host().substr(endpoint.host().find(':'));
    EndpointStore store(at("http://localhost" + port, plenty));
    AbortOnceAsked abort(endpoint);
    EXPECT_THROW(content_of(store, {"shop", "a"}, abort.access()), s3::Aborted);
    EXPECT_LT(abort.passed(), milliseconds(500));
}

TEST(S3Endpoint, IsLeftSoonByAWriterWhoseEndpointIsSilentToTheEnd) {
    Scripted scripted({begins_upload, takes_part, falls_silent_after("")});
    std::atomic<bool> is_aborted = false;
    auto writer = scripted.store.write({"shop", "a"}, {"us-east-1", [&is_aborted] { return is_aborted.load(); }});
    writer->write(long_content(s3::part_bytes(1)));
    is_aborted = true;
    EXPECT_THROW(writer->write("more"), s3::Aborted);
    const auto begin = std::chrono::steady_clock::now();
    writer.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, milliseconds(500));
    EXPECT_THAT(scripted.endpoint.lines().back(), "DELETE /shop/a?uploadId=the%2Fid");
}

/// An endpoint with HTTPS whose bucket "stream" has made-up objects.
class S3OverHttps : public testing::Test {
protected:
    /// The endpoint, for a client that trusts this authority alone.
    s3::Endpoint endpoint_for(const http::CertifiedKey& trusted) const {
        const std::string file = folder_.file("ca.pem");
        std::ofstream(file) << trusted.certificate;
        s3::Endpoint endpoint = at("https://localhost:" + std::to_string(server_.endpoint().port()), plenty);
        endpoint.tls = std::make_shared<http::ClientTls>(http::Trust{.bundle_file = file, .more_files = {}});
        return endpoint;
    }

    storage::TemporaryFolder folder_;
    http::CertifiedKey authority_ = http::make_authority("the CA of the tests");
    EchoServer server_{{}, {}, 1, std::make_shared<http::Tls>(http::issue(authority_, {"localhost"}))};
};

TEST_F(S3OverHttps, IsReadFromAServerThatTheBundleTrusts) {
    EndpointStore store(endpoint_for(authority_));
    EXPECT_EQ(content_of(store, {"stream", "chunks/5000000"}, tokyo).size(), 5'000'000U);
    put(store, {"stream", "count"}, "content", tokyo);
}

TEST_F(S3OverHttps, IsLeftInTheMiddleOfAnObject) {
    EndpointStore store(endpoint_for(authority_));
    const auto pieces = store.read({"stream", "endless"}, tokyo);
    EXPECT_FALSE(pieces->next().empty());
    EXPECT_FALSE(pieces->next().empty());
}

TEST_F(S3OverHttps, RefusesAServerThatTheBundleDoesNotTrustAtOnce) {
    EndpointStore store(endpoint_for(http::make_authority("another")));
    EXPECT_THAT(error_of([&] {
                    content_of(store, {"stream", "bytes/1"}, tokyo);
                }),
                ContainsRegex("^s3://stream/bytes/1: the certificate of localhost:[0-9]+ is not trusted: "));
}

}  // namespace
}  // namespace plocal::test
