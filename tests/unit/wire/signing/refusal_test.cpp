#include <chrono>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/base/text.h"
#include "server/wire/signing/verify.h"
#include "tests/unit/wire/signing/requests.h"

namespace plocal::signing {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

const std::string incomplete = "400 IncompleteSignatureException: ";
const std::string invalid = "400 InvalidSignatureException: ";
const std::string unsigned_request = "400 MissingAuthenticationTokenException: Missing Authentication Token";
const std::string bad_token = "400 UnrecognizedClientException: The security token included in the request is invalid.";
const std::string wrong =
    invalid +
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
    "and signing method. Consult the service documentation for details.";

/// A request with this Authorization header and the usual date.
RequestDraft with_header(const std::string& authorization) {
    RequestDraft draft;
    draft.header("Authorization") = authorization;
    return draft;
}

/// A valid URL after a text in it was replaced.
RequestDraft with_url(const std::string& from, const std::string& to) {
    RequestDraft draft = url_signer().presign();
    draft.target.replace(draft.target.find(from), from.size(), to);
    return draft;
}

/// The reason of a refusal.
std::string reason(const RequestDraft& draft, const Credentials& credentials = example_credentials,
                   const SigningTimes& now = at(example_moment)) {
    std::string why = "(accepted)";
    verdict(draft.request(), credentials, now, {}, &why);
    return why;
}

// Fidelity: seen | A request without a signature of version 4 gets `Missing Authentication Token` | sibling Kinesis:
//   mhart/kinesalite, test/connection.js
TEST(SignatureRefusal, ReportsARequestThatIsNotSigned) {
    const std::string version_2 = "the request is signed by Signature Version 2; sign it by version 4";
    const struct {
        const char* name;
        RequestDraft draft;
        std::string why;
    } cases[] = {
        {"nothing", {}, "the request is not signed, and --auth is sigv4; sign it by a key of --credentials"},
        {"an empty header", with_header(""),
         "the request is not signed, and --auth is sigv4; sign it by a key of --credentials"},
        {"a bearer token", with_header("Bearer abc"),
         "the Authorization header is not one of Signature Version 4, AWS4-HMAC-SHA256"},
        {"another case", with_header("aws4-hmac-sha256 Credential=a"),
         "the Authorization header is not one of Signature Version 4, AWS4-HMAC-SHA256"},
        {"version 2 by header", with_header("AWS AKIDEXAMPLE:frJIUN8DYpKDtOLCwo//yllqDzg="), version_2},
        {"version 2 by URL", {.target = "/?AWSAccessKeyId=AKIDEXAMPLE&SignatureVersion=2&Signature=a"}, version_2},
    };
    for (const auto& one : cases) {
        EXPECT_EQ(verdict(one.draft), unsigned_request) << one.name;
        EXPECT_EQ(reason(one.draft), one.why) << one.name;
    }
}

// Fidelity: seen | A request that is signed both in the header and in the URL is refused | sibling Kinesis:
//   mhart/kinesalite, test/connection.js
TEST(SignatureRefusal, ReportsARequestThatIsSignedTwice) {
    RequestDraft draft = url_signer().presign();
    draft.header("Authorization") = Signer().sign().header("Authorization");
    EXPECT_EQ(verdict(draft),
              invalid + "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
}

// Fidelity: seen | The message about an incomplete header lists every missing part, and ends with the header |
//   sibling Kinesis: mhart/kinesalite, test/connection.js
TEST(SignatureRefusal, ListsAllMissingPartsOfAHeader) {
    const std::string no_credential = "Authorization header requires 'Credential' parameter. ";
    const std::string no_signature = "Authorization header requires 'Signature' parameter. ";
    const std::string no_names = "Authorization header requires 'SignedHeaders' parameter. ";
    const std::string no_date = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
    const struct {
        std::string header;
        std::string missing;
    } cases[] = {
        {"AWS4-HMAC-SHA256", no_credential + no_signature + no_names},
        {"AWS4-", no_credential + no_signature + no_names},
        {"AWS4-HMAC-SHA256 Credential=a", no_signature + no_names},
        {"AWS4-HMAC-SHA256 Signature=a", no_credential + no_names},
        {"AWS4-HMAC-SHA256 SignedHeaders=host, Credential=a/b", no_signature},
        {"AWS4-HMAC-SHA256 Credential=, Signature=, SignedHeaders=", no_credential + no_signature + no_names},
        {"AWS4-HMAC-SHA256 credential=a, Signature=b, SignedHeaders=c", no_credential},
    };
    for (const auto& one : cases) {
        RequestDraft draft = with_header(one.header);
        EXPECT_EQ(verdict(draft), incomplete + one.missing + "Authorization=" + one.header);
        draft.drop("X-Amz-Date");
        EXPECT_EQ(verdict(draft), incomplete + one.missing + no_date + "Authorization=" + one.header);
    }
}

// Fidelity: seen | A part of the header without an equal sign is reported before missing parts | sibling DynamoDB:
//   architect/dynalite, index.js
TEST(SignatureRefusal, ReportsAPartWithoutAnEqualSign) {
    EXPECT_EQ(verdict(with_header("AWS4-HMAC-SHA256 Signature=b,    Credential,    SignedHeaders")),
              incomplete +
                  "'Credential' not a valid key=value pair (missing equal-sign) in Authorization header: "
                  "'AWS4-HMAC-SHA256 Signature=b,    Credential,    SignedHeaders'.");
}

// Fidelity: seen | The message about an incomplete URL lists all parameters that are missing | sibling Kinesis:
//   mhart/kinesalite, test/connection.js
TEST(SignatureRefusal, ListsAllMissingParametersOfAUrl) {
    const auto must = [](const std::string& name) {
        return "AWS query-string parameters must include '" + name + "'. ";
    };
    const std::string end = "Re-examine the query-string parameters.";
    EXPECT_EQ(verdict(RequestDraft{.target = "/?X-Amz-Algorithm"}),
              incomplete + must("X-Amz-Algorithm") + must("X-Amz-Credential") + must("X-Amz-Signature") +
                  must("X-Amz-SignedHeaders") + must("X-Amz-Date") + end);
    EXPECT_EQ(verdict(with_url("&X-Amz-Date=", "&X-Amz-Dote=")), incomplete + must("X-Amz-Date") + end);
    EXPECT_EQ(verdict(with_url("&X-Amz-Credential=", "&x-amz-credential=")),
              incomplete + must("X-Amz-Credential") + end);
    EXPECT_EQ(verdict(with_url("&X-Amz-SignedHeaders=host", "&X-Amz-SignedHeaders=")),
              incomplete + must("X-Amz-SignedHeaders") + end);
}

// Fidelity: seen | A date that is not in the basic form of ISO 8601 is refused with a message about the form |
//   sibling DynamoDB: architect/dynalite, index.js
TEST(SignatureRefusal, ReportsADateThatCannotBeRead) {
    const auto outcome = [](const std::string& date) {
        return incomplete + "Date must be in ISO-8601 'basic format'. Got '" + date +
               "'. See http://en.wikipedia.org/wiki/ISO_8601";
    };
    for (const std::string date :
         {"201", "2015-08-30T12:36:00Z", "20150830T123600", "20150830T123600+", "20150230T123600Z", "20151330T123600Z",
          "20150830T243600Z", "20150830T126000Z", "20150830T123660Z", "2015083xT123600Z", "+2150830T123600Z",
          "20150830T12360-Z", "20150830t123600Z", "Sun, 30 Aug 2015 12:36:00 GMT", "99999999T999999Z",
          "20150830T123600Z0", "20150830T1236000Z"}) {
        RequestDraft draft = Signer().sign();
        draft.header("X-Amz-Date") = date;
        EXPECT_EQ(verdict(draft), outcome(date));
        EXPECT_EQ(verdict(with_url(example_date, percent_encoded(date))), outcome(date)) << "by URL";
    }
    for (const std::string date :
         {"Sun, 30 Aug 2015 12:36:00", "Sunday, 30-Aug-15 12:36:00 GMT", "Sun, 30 xug 2015 12:36:00 GMT",
          "Sun, 30 anF 2015 12:36:00 GMT", "Sun, 31 Jun 2015 12:36:00 GMT", "Sun, 30 Aug 2015 12-36:00 GMT",
          "Sun, 30 Aug 2015 12:36-00 GMT"}) {
        RequestDraft draft = Signer().sign();
        draft.drop("X-Amz-Date");
        draft.header("Date") = date;
        EXPECT_EQ(verdict(draft), outcome(date));
    }
}

// Fidelity: seen | A signature is valid for 15 minutes before and after its date. The message of a refusal has the
//   moments that were compared | sibling DynamoDB: aws/aws-sdk-js#254; aws/aws-sdk-js#2565
TEST(SignatureRefusal, ReportsADateTooFarAway) {
    const RequestDraft draft = Signer().sign();
    const auto outcome = [&draft](auto later) {
        return verdict(draft, example_credentials, at(example_moment + later));
    };
    EXPECT_EQ(outcome(minutes(15)), "accepted");
    EXPECT_EQ(outcome(minutes(15) + milliseconds(999)), "accepted");
    EXPECT_EQ(outcome(-minutes(15)), "accepted");
    EXPECT_EQ(outcome(minutes(15) + seconds(1)),
              invalid +
                  "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T125101Z - 15 "
                  "min.)");
    EXPECT_EQ(outcome(-minutes(15) - milliseconds(1)),
              invalid +
                  "Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z (20150830T122059Z "
                  "+ 15 min.)");
}

TEST(SignatureRefusal, AcceptsADateByEitherClock) {
    const RequestDraft draft = Signer().sign();
    const auto outcome = [&draft](seconds machine, seconds service) {
        return verdict(draft, example_credentials, {example_moment + machine, example_moment + service});
    };
    const seconds year = std::chrono::hours(24 * 365);
    const seconds edge = minutes(15);
    EXPECT_EQ(outcome(year, edge), "accepted");
    EXPECT_EQ(outcome(-edge, -year), "accepted");
    EXPECT_EQ(outcome(edge, year), "accepted");
    const std::string by_service =
        invalid +
        "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T125101Z - 15 min.)";
    EXPECT_EQ(outcome(-year, edge + seconds(1)), by_service);
    EXPECT_EQ(outcome(edge + seconds(2), edge + seconds(1)), by_service);
    EXPECT_EQ(reason(draft, example_credentials, {example_moment + year, example_moment - year}),
              "the signature's date fits neither the machine's clock, 20160829T123600Z, nor the service's, "
              "20140830T123600Z; set the client's clock by one of them");
}

// Fidelity: documented | A URL is valid from its date on for as many seconds as it says, at most a week |
//   https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
// Fidelity: inferred | A URL that does not say how long it is valid is so for 15 minutes, as a header is. An expired
//   URL is refused with the message for a header | -
TEST(SignatureRefusal, ReportsAUrlThatHasExpired) {
    const auto outcome = [](const std::string& expires, auto later) {
        return verdict(url_signer().presign(expires), example_credentials, at(example_moment + later));
    };
    EXPECT_EQ(outcome("&X-Amz-Expires=1", seconds(1)), "accepted");
    EXPECT_EQ(
        outcome("&X-Amz-Expires=1", seconds(2)),
        invalid +
            "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T123602Z - 1 sec.)");
    EXPECT_EQ(outcome("&X-Amz-Expires=604800", std::chrono::hours(24 * 7)), "accepted");
    EXPECT_EQ(outcome("&X-Amz-Expires=3600", std::chrono::hours(1) + seconds(1)),
              invalid +
                  "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T133601Z - 60 "
                  "min.)");
    EXPECT_EQ(outcome("&X-Amz-Expires=3600", -minutes(15)), "accepted");
    EXPECT_EQ(outcome("&X-Amz-Expires=3600", -minutes(15) - seconds(1)),
              invalid +
                  "Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z (20150830T122059Z "
                  "+ 15 min.)");
    EXPECT_EQ(outcome("", minutes(15)), "accepted");
    EXPECT_EQ(outcome("", minutes(15) + seconds(1)).substr(0, 48), invalid + "Signature expired");
}

// Fidelity: inferred | A lifetime that no URL can have is refused in the words of S3 | -
TEST(SignatureRefusal, ReportsALifetimeThatNoUrlCanHave) {
    const std::string week =
        "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than "
        "604800 seconds";
    const struct {
        const char* expires;
        std::string message;
    } cases[] = {
        {"604801", week},
        {"99999999999999999999", week},
        {"0", "X-Amz-Expires must be non-negative"},
        {"-1", "X-Amz-Expires must be non-negative"},
        {"-99999999999999999999", "X-Amz-Expires must be non-negative"},
        {"", "X-Amz-Expires should be a number"},
        {"1h", "X-Amz-Expires should be a number"},
        {"1.5", "X-Amz-Expires should be a number"},
        {"--1", "X-Amz-Expires should be a number"},
        {"-", "X-Amz-Expires should be a number"},
    };
    for (const auto& one : cases) {
        EXPECT_EQ(verdict(url_signer().presign(std::string("&X-Amz-Expires=") + one.expires)), incomplete + one.message)
            << one.expires;
    }
}

// Fidelity: seen | A signature must cover the host | sibling DynamoDB: architect/dynalite, index.js
TEST(SignatureRefusal, ReportsThatTheHostIsNotSigned) {
    Signer signer;
    for (const std::string names : {"x-amz-date", "hosts;x-amz-date", "x-amz-date;", "HOST;x-amz-date"}) {
        signer.signed_headers = names;
        EXPECT_EQ(verdict(signer.sign()),
                  invalid + "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
            << names;
    }
}

// Fidelity: seen | An algorithm that is not AWS4-HMAC-SHA256 is refused by its name | sibling DynamoDB:
//   architect/dynalite, index.js
TEST(SignatureRefusal, ReportsAnUnknownAlgorithm) {
    Signer signer;
    signer.algorithm = "AWS4-ECDSA-P256-SHA256";
    EXPECT_EQ(verdict(signer.sign()), incomplete +
                                          "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256' (only "
                                          "AWS4-HMAC-SHA256 for now). ");
    EXPECT_EQ(reason(signer.sign()),
              "the request is signed by Signature Version 4A, for many regions; sign it by AWS4-HMAC-SHA256");
    signer.algorithm = "AWS4-HMAC-SHA25";
    EXPECT_EQ(verdict(signer.sign()),
              incomplete + "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA25' (only AWS4-HMAC-SHA256 for now). ");
    EXPECT_EQ(verdict(with_url("AWS4-HMAC-SHA256", "HS256")),
              incomplete + "Unsupported AWS 'algorithm': 'HS256' (only AWS4-HMAC-SHA256 for now). ");
}

// Fidelity: seen | A credential has five parts | sibling DynamoDB: architect/dynalite, index.js
TEST(SignatureRefusal, ReportsACredentialWithoutFiveParts) {
    for (const std::string scope : {"b/c/d", "20150830/us-east-1/personalize/aws4_request/", "a/b/c/d/e"}) {
        Signer signer;
        signer.scope = scope;
        EXPECT_EQ(verdict(signer.sign()), incomplete +
                                              "Credential must have exactly 5 slash-delimited elements, e.g. "
                                              "keyid/date/region/service/term, got 'AKIDEXAMPLE/" +
                                              scope + "'");
    }
}

// Fidelity: seen | All faults of the scope of a credential are reported at once, before the key is looked up. A blank
//   follows the sentence about the service | sibling SageMaker: JuliaCloud/AWS.jl#334; disneystreaming/smithy4s#1568
TEST(SignatureRefusal, ReportsAllFaultsOfAScope) {
    const std::string service = "Credential should be scoped to correct service: 'personalize'. ";
    const std::string date =
        "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20150831' != "
        "'20150830', from '20150830T123600Z'.";
    const struct {
        std::string scope;
        std::string message;
    } cases[] = {
        {"20150830/us-east-1/s3/aws4_request", service},
        {"20150830/us-east-1/Personalize/aws4_request", service},
        {"20150830//personalize/aws4_request", "Credential should be scoped to a valid region, not ''. "},
        {"20150830/US-EAST-1/personalize/aws4_request",
         "Credential should be scoped to a valid region, not 'US-EAST-1'. "},
        {"20150830/us-east-1/personalize/aws4",
         "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws4'. "},
        {"20150831/us-east-1/personalize/aws4_request", date},
        {"20150831/*/dynamodb/e", "Credential should be scoped to a valid region, not '*'. " + service +
                                      "Credential should be scoped with a valid terminator: 'aws4_request', not 'e'. " +
                                      date},
    };
    for (const auto& one : cases) {
        Signer signer;
        signer.key = "of-nobody";
        signer.scope = one.scope;
        EXPECT_EQ(verdict(signer.sign()), invalid + one.message) << one.scope;
    }
    Signer signer;
    signer.scope = "20150830/us-east-1/s3/aws4_request";
    EXPECT_EQ(reason(signer.sign()),
              "the credential is for 20150830/us-east-1/s3/aws4_request, expected "
              "20150830/REGION/personalize/aws4_request");
}

// Fidelity: seen | An unknown key is an UnrecognizedClientException, before the signature is checked | sibling
//   DynamoDB: architect/dynalite, index.js
TEST(SignatureRefusal, ReportsAnUnknownKey) {
    Signer signer;
    signer.key = "AKIDOTHER";
    EXPECT_EQ(verdict(signer.sign()), bad_token);
    EXPECT_EQ(reason(signer.sign()), "no profile of --credentials has the access key id AKIDOTHER");
    signer.key = "akidexample";
    EXPECT_EQ(verdict(signer.sign()), bad_token);
}

// Fidelity: seen | The message about a wrong signature does not show the text that should have been signed | sibling
//   DynamoDB: ttsuruoka/php-simple-amazon-dynamodb#1; smithy545/aws-apps-scripts#12
TEST(SignatureRefusal, ReportsAWrongSignature) {
    Signer signer;
    signer.secret += "x";
    EXPECT_EQ(verdict(signer.sign()), wrong);
    EXPECT_EQ(
        reason(signer.sign()),
        "the secret of profile 'ci' gives another signature; check it, and the client's canonical request against "
        "(line ends as |) POST|/||host:localhost:7377|x-amz-date:20150830T123600Z||host;x-amz-date|" +
            sha256("{}"));
    RequestDraft capitals = Signer().sign();
    const std::string signature = Signer().signature_for({});
    std::string& text = capitals.header("Authorization");
    for (std::size_t i = text.size() - signature.size(); i < text.size(); ++i) text[i] = base::upper(text[i]);
    EXPECT_EQ(verdict(capitals), wrong);
}

TEST(SignatureRefusal, NeverShowsTheRightSignature) {
    RequestDraft draft = Signer().sign();
    const std::string right = Signer().signature_for({});
    std::string& text = draft.header("Authorization");
    text.back() = text.back() == '0' ? '1' : '0';
    EXPECT_EQ(verdict(draft), wrong);
    EXPECT_EQ(reason(draft).find(right), std::string::npos);
    EXPECT_EQ(reason(draft).find(example_secret), std::string::npos);
}

// Fidelity: inferred | A payload hash that the request announces must be the hash of the body | -
TEST(SignatureRefusal, ReportsAHashThatIsNotTheBodys) {
    RequestDraft draft;
    draft.header("x-amz-content-sha256") = sha256("another");
    Signer signer;
    signer.payload_hash = sha256("another");
    draft = signer.sign(draft);
    EXPECT_EQ(verdict(draft), wrong);
    EXPECT_EQ(reason(draft), "x-amz-content-sha256 is not the body's hash, " + sha256("{}") +
                                 "; the body is not the one that was signed");
    draft.body = "another";
    EXPECT_EQ(verdict(draft), "accepted");
    draft.header("x-amz-content-sha256") = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    EXPECT_EQ(verdict(draft), wrong);
    EXPECT_EQ(reason(draft), "a body signed in chunks is for S3 alone; sign it whole");
}

// Fidelity: seen | The session token is checked after the signature. A token that is not the key's is an
//   UnrecognizedClientException | sibling DynamoDB: architect/dynalite, index.js
TEST(SignatureRefusal, ReportsASessionTokenThatIsNotTheKeys) {
    const Credentials session = credentials_of(example_key, example_secret, "token/1+=");
    const auto by_header = [](const std::string& token) {
        RequestDraft draft;
        draft.header("X-Amz-Security-Token") = token;
        Signer signer;
        signer.signed_headers = "host;x-amz-date;x-amz-security-token";
        return signer.sign(draft);
    };
    const auto by_url = [](const std::string& token) {
        return url_signer().presign("&X-Amz-Security-Token=" + token + "&X-Amz-Expires=60");
    };
    EXPECT_EQ(verdict(by_header("token/1+="), session), "accepted");
    EXPECT_EQ(verdict(by_url("token%2F1%2B%3D"), session), "accepted");
    EXPECT_EQ(verdict(Signer().sign({.target = "/?X-Amz-Security-Token=token%2F1%2B%3D"}), session), "accepted");
    for (const RequestDraft& other : {by_header("token/2+="), by_url("token%2F2%2B%3D")}) {
        EXPECT_EQ(verdict(other, session), bad_token);
        EXPECT_EQ(reason(other, session), "the session token is not the one of profile 'ci'");
        EXPECT_EQ(reason(other), "the session token is not the one of profile 'ci', which has none");
    }
    EXPECT_EQ(verdict(by_header("token/1+"), session), bad_token) << "the beginning of it";
    EXPECT_EQ(verdict(by_header("token/1+=")), bad_token) << "for a key that has none";
    Signer thief;
    thief.secret = "of another";
    EXPECT_EQ(verdict(thief.sign(), session), bad_token);
    EXPECT_EQ(reason(Signer().sign(), session), "profile 'ci' has an aws_session_token, and the request bears none");
    RequestDraft draft = by_header("token/2+=");
    draft.header("Authorization").back() = 'x';
    EXPECT_EQ(verdict(draft, session), wrong) << "the signature first";
}

TEST(SignatureRefusal, RefusesARequestThatNamesTwoCredentials) {
    const std::string scope = "20150830/us-east-1/personalize/aws4_request";
    const auto doubled = [&scope](const std::string& more) {
        RequestDraft draft = Signer().sign();
        draft.header("Authorization").insert(17, more + "Credential=AKIDOTHER/" + scope + ", ");
        return draft;
    };
    EXPECT_EQ(verdict(doubled("")), wrong) << "twice the same part";
    EXPECT_EQ(verdict(doubled("X")), wrong) << "a part that ends so";
    RequestDraft elsewhere = Signer().sign();
    elsewhere.header("Authorization")
        .insert(17, "Credential=" + example_key + "/20150830/eu-west-1/personalize/aws4_request, ");
    EXPECT_EQ(verdict(elsewhere), wrong) << "the same key for another region";
    EXPECT_EQ(reason(doubled("")), "the request names two credentials; leave the one that it is signed by");
    EXPECT_EQ(verdict(url_signer().presign("", {.target = "/?a=X-Amz-Credential=AKIDOTHER/" + scope})), wrong);
    EXPECT_EQ(verdict(url_signer().presign("", {.target = "/?X-Amz-Credential=AKIDOTHER/" + scope})), bad_token);
}

TEST(SignatureRefusal, RefusesAHeaderThatIsNamedTwice) {
    Signer signer;
    signer.signed_headers = "host;x-amz-date;host";
    EXPECT_EQ(verdict(signer.sign()), wrong);
    EXPECT_EQ(reason(signer.sign()), "SignedHeaders names host twice");
}

// Fidelity: seen | The REST-JSON planes of AWS refuse a signature with status 403, those of AWS JSON with 400 |
//   siblings MediaStore and SageMaker: aws/aws-sdk-go#1850; disneystreaming/smithy4s#1568
TEST(SignatureRefusal, HasTheStatusOfItsProtocol) {
    const RequestDraft draft;
    const auto outcome = [&draft](const SigningTerms& terms) {
        return verdict(draft.request(), example_credentials, at(example_moment), terms).substr(0, 3);
    };
    EXPECT_EQ(outcome({}), "400");
    EXPECT_EQ(outcome({.refused_with = 403}), "403");
}

// Fidelity: seen | A signature is checked in this order: missing parts, date, host, algorithm, parts of the
//   credential, scope, key, the signature itself, session token | sibling DynamoDB: architect/dynalite, index.js
TEST(SignatureRefusal, ChecksInTheOrderOfTheService) {
    Signer signer;
    RequestDraft all_wrong;
    all_wrong.header("X-Amz-Security-Token") = "none";
    signer.key = "of-nobody";
    signer.secret = "of another";
    signer.scope = "b/c/d";
    signer.algorithm = "AWS4-OTHER";
    signer.signed_headers = "x-amz-date";
    signer.date = "20140830T123600Z";
    all_wrong.header("X-Amz-Date") = "2014";
    std::vector<std::string> messages;
    const auto next = [&] {
        const std::string text = verdict(signer.sign(all_wrong));
        messages.push_back(text == "accepted" ? text : text.substr(text.find(": ") + 2, 30));
    };
    next();
    all_wrong.header("X-Amz-Date") = signer.date;
    next();
    all_wrong.header("X-Amz-Date") = signer.date = example_date;
    next();
    signer.signed_headers = "host;x-amz-date";
    next();
    signer.algorithm = "AWS4-HMAC-SHA256";
    next();
    signer.scope = "b/c/d/e";
    next();
    signer.scope = Signer().scope;
    next();
    signer.key = example_key;
    next();
    signer.secret = example_secret;
    next();
    all_wrong.drop("X-Amz-Security-Token");
    next();
    const std::vector<std::string> expected = {"Date must be in ISO-8601 'basi", "Signature expired: 20140830T12",
                                               "'Host' or ':authority' must be", "Unsupported AWS 'algorithm': '",
                                               "Credential must have exactly 5", "Credential should be scoped to",
                                               "The security token included in", "The request signature we calcu",
                                               "The security token included in", "accepted"};
    EXPECT_EQ(messages, expected);
}

}  // namespace
}  // namespace plocal::signing
