#include "server/wire/signing/verify.h"

#include <cstdint>
#include <fstream>
#include <functional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/base/json.h"
#include "server/wire/protocol/identity.h"
#include "tests/unit/wire/signing/requests.h"

namespace plocal::signing {
namespace {

using base::Json;

const SigningTerms published_terms{.service = "service"};

Json published() {
    std::ifstream file(PLOCAL_SOURCE_DIR "/tests/golden/sigv4/published.json");
    return Json::parse(file);
}

/// A published case as it is sent, signed in its `place`: "header" or "query".
RequestDraft published_request(const Json& one, const std::string& place) {
    const std::string token = one.value("token", "");
    const std::string names = one[place]["signedHeaders"];
    const std::string signature = one[place]["signature"];
    const std::string credential = example_key + "/20150830/us-east-1/service/aws4_request";
    RequestDraft draft{.method = one["method"], .target = one["target"], .headers = {}, .body = one.value("body", "")};
    for (const Json& header : one["headers"]) draft.headers.emplace_back(header[0], header[1]);
    if (place == "header") {
        if (!token.empty()) draft.header("X-Amz-Security-Token") = token;
        if (one.contains("hashHeader")) draft.header("x-amz-content-sha256") = sha256(draft.body);
        draft.header("X-Amz-Date") = example_date;
        draft.header("Authorization") =
            "AWS4-HMAC-SHA256 Credential=" + credential + ", SignedHeaders=" + names + ", Signature=" + signature;
        return draft;
    }
    draft.target += draft.target.find('?') == std::string::npos ? "?" : "&";
    draft.target += "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" + credential + "&X-Amz-Date=" + example_date +
                    "&X-Amz-SignedHeaders=" + names + "&X-Amz-Expires=3600";
    if (!token.empty()) draft.target += "&X-Amz-Security-Token=" + percent_encoded(token);
    draft.target += "&X-Amz-Signature=" + signature;
    return draft;
}

void for_each_published(const std::function<void(const Json&, const std::string& place, bool is_for_us)>& act) {
    for (const Json& one : published()) {
        for (const std::string place : {"header", "query"}) {
            SCOPED_TRACE(one["name"].get<std::string>() + " by " + place);
            const Json refused = one.value("refused", Json::array());
            act(one, place, std::find(refused.begin(), refused.end(), place) == refused.end());
        }
    }
}

Credentials published_credentials(const Json& one, const std::string& secret = example_secret) {
    return credentials_of(example_key, secret, one.value("token", ""));
}

// Fidelity: documented | Requests that are signed as in AWS's own suite of examples, by header or by URL, are accepted
// |
//   awslabs/aws-c-auth, tests/aws-signing-test-suite/v4
TEST(SignatureVersion4, AcceptsWhatAwsPublishes) {
    int accepted = 0;
    for_each_published([&accepted](const Json& one, const std::string& place, bool is_for_us) {
        if (!is_for_us) return;
        ++accepted;
        const RequestDraft draft = published_request(one, place);
        EXPECT_EQ(verdict(draft.request(), published_credentials(one), at(example_moment), published_terms),
                  "accepted");
    });
    EXPECT_EQ(accepted, 63);
}

// Fidelity: inferred | Paths that are signed as they are sent, dots and all, are for S3 alone, and so is a session
// token
//   that was added to a URL once it was signed | -
TEST(SignatureVersion4, RefusesWhatAwsPublishesForOtherServices) {
    for_each_published([](const Json& one, const std::string& place, bool is_for_us) {
        if (is_for_us) return;
        const RequestDraft draft = published_request(one, place);
        EXPECT_EQ(
            verdict(draft.request(), published_credentials(one), at(example_moment), published_terms).substr(0, 29),
            "400 InvalidSignatureException");
    });
}

struct Change {
    std::string name;
    RequestDraft draft;
};

/// The request with one thing of it changed that the signature covers.
std::vector<Change> changes_of(const Json& one, const std::string& place) {
    const RequestDraft whole = published_request(one, place);
    const std::string signature = one[place]["signature"];
    std::vector<Change> changes;
    const auto add = [&changes, &whole](std::string name) -> RequestDraft& {
        changes.push_back({std::move(name), whole});
        return changes.back().draft;
    };
    const auto text_with_signature = [&place](RequestDraft& draft) -> std::string& {
        return place == "header" ? draft.header("Authorization") : draft.target;
    };
    for (std::size_t i = 0; i < signature.size(); ++i) {
        RequestDraft& draft = add("digit " + std::to_string(i) + " of the signature");
        std::string& text = text_with_signature(draft);
        char& digit = text[text.find(signature) + i];
        digit = digit == '0' ? '1' : '0';
    }
    add("the method").method += "X";
    add("the body").body += " ";
    add("the path").target.insert(std::min(whole.target.find('?'), whole.target.size()), "/x");
    add("the query").target += whole.target.find('?') == std::string::npos ? "?x" : "&x";
    RequestDraft& later = add("the date");
    std::string& dated = place == "header" ? later.header("X-Amz-Date") : later.target;
    dated.replace(dated.find(example_date), example_date.size(), "20150830T123601Z");
    RequestDraft& elsewhere = add("the region");
    std::string& scoped = text_with_signature(elsewhere);
    scoped.replace(scoped.find("us-east-1"), 9, "us-east-2");
    const std::string names = ";" + one[place]["signedHeaders"].get<std::string>() + ";";
    for (std::size_t i = 0; i < whole.headers.size(); ++i) {
        std::string name = whole.headers[i].first;
        for (char& letter : name) letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
        if (names.find(";" + name + ";") == std::string::npos) continue;
        add("the value of " + name).headers[i].second += "x";
        RequestDraft& without = add("no " + name);
        without.headers.erase(without.headers.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return changes;
}

TEST(SignatureVersion4, RefusesWhatAwsPublishesOnceOneThingIsChanged) {
    for_each_published([](const Json& one, const std::string& place, bool) {
        for (const Change& change : changes_of(one, place)) {
            EXPECT_NE(verdict(change.draft.request(), published_credentials(one), at(example_moment), published_terms),
                      "accepted")
                << change.name;
        }
        std::string secret = example_secret;
        secret.back() = 'Z';
        EXPECT_NE(verdict(published_request(one, place).request(), published_credentials(one, secret),
                          at(example_moment), published_terms),
                  "accepted");
    });
}

TEST(SignatureVersion4, AcceptsTheExampleOfTheDocumentation) {
    const RequestDraft draft{
        .method = "GET",
        .target = "/?Action=ListUsers&Version=2010-05-08",
        .headers = {{"Host", "iam.amazonaws.com"},
                    {"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"},
                    {"X-Amz-Date", example_date},
                    {"Authorization",
                     "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
                     "SignedHeaders=content-type;host;x-amz-date, "
                     "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"}},
        .body = ""};
    EXPECT_EQ(verdict(draft.request(), example_credentials, at(example_moment), {.service = "iam"}), "accepted");
}

// Fidelity: documented | A request may be dated by `Date` in the form of HTTP where it has no `X-Amz-Date` |
//   https://docs.aws.amazon.com/IAM/latest/UserGuide/signing-elements.html
TEST(SignatureVersion4, TakesTheDateOfHttpWhereThereIsNoOther) {
    RequestDraft draft{.method = "GET",
                       .target = "/",
                       .headers = {{"Date", "Mon, 09 Sep 2011 23:36:00 GMT"},
                                   {"Host", "host.foo.com"},
                                   {"Authorization",
                                    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20110909/us-east-1/host/aws4_request, "
                                    "SignedHeaders=date;host, "
                                    "Signature=b27ccfbfa7df52a200ff74193ca6e32d4b48b8856fab7ebf1c595d0670a7e470"}},
                       .body = ""};
    const auto then = std::chrono::sys_days(std::chrono::year(2011) / 9 / 9) + std::chrono::minutes(23 * 60 + 36);
    const auto told = [&] { return verdict(draft.request(), example_credentials, at(then), {.service = "host"}); };
    EXPECT_EQ(told(), "accepted");
    draft.header("Date") = "Mon, 09 Sep 2011 23:36:01 GMT";
    EXPECT_NE(told(), "accepted");
    draft.header("Date") = "Mon, 09 Sep 2011 23:36:00 GMT";
    draft.header("X-Amz-Date") = "20110909T233601Z";
    EXPECT_NE(told(), "accepted") << "X-Amz-Date goes first";
}

TEST(SignatureVersion4, ReadsTheHeaderHoweverItIsWritten) {
    const std::string header = Signer().sign().header("Authorization");
    const auto with = [&header](std::string_view from, std::string_view to) {
        RequestDraft draft = Signer().sign();
        std::string text = header;
        for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
            text.replace(at, from.size(), to);
        }
        draft.header("Authorization") = text;
        return verdict(draft);
    };
    EXPECT_EQ(with(", ", ","), "accepted") << "commas alone";
    EXPECT_EQ(with(", ", " "), "accepted") << "blanks alone";
    EXPECT_EQ(with(", ", " ,  , "), "accepted") << "many of both";
    EXPECT_EQ(with("SHA256 ", "SHA256   "), "accepted") << "blanks behind the algorithm";
    EXPECT_EQ(with(", SignedHeaders", ", Other=thing, SignedHeaders"), "accepted") << "a part of another name";
}

TEST(SignatureVersion4, TakesAnUnsignedPayloadWhereTheRequestSaysSo) {
    Signer signer;
    signer.payload_hash = "UNSIGNED-PAYLOAD";
    EXPECT_NE(verdict(signer.sign()), "accepted") << "without saying so";
    RequestDraft draft;
    draft.header("x-amz-content-sha256") = "UNSIGNED-PAYLOAD";
    draft = signer.sign(draft);
    EXPECT_EQ(verdict(draft), "accepted");
    draft.body = "another";
    EXPECT_EQ(verdict(draft), "accepted");

    Signer presigner = url_signer();
    presigner.payload_hash = "UNSIGNED-PAYLOAD";
    for (const std::string name : {"X-Amz-Content-Sha256", "x-amz-content-sha256"}) {
        EXPECT_EQ(verdict(presigner.presign("&" + name + "=UNSIGNED-PAYLOAD")), "accepted") << name;
    }
}

TEST(SignatureVersion4, LeavesTheIdentityThatIsVerified) {
    for (const RequestDraft& draft : {Signer().sign(), url_signer().presign()}) {
        ASSERT_EQ(verdict(draft), "accepted");
        const protocol::Identity identity = protocol::identify(draft.request());
        EXPECT_EQ(identity.access_key, example_key);
        EXPECT_EQ(identity.region, "us-east-1");
        EXPECT_EQ(identity.service, "personalize");
    }
}

/// A text with a few random edits.
std::string mutated(std::string text, std::size_t from, std::mt19937& random) {
    constexpr std::string_view letters = "=,/;&%?+ \t\r\n\0\xff-0aAzZ:.";
    const auto below = [&random](std::size_t bound) { return bound == 0 ? 0 : random() % bound; };
    for (std::size_t edits = 1 + below(3); edits > 0; --edits) {
        const std::size_t at = std::min(from + below(text.size() - from), text.size());
        const std::size_t length = below(12);
        switch (below(5)) {
            case 0:
                text.insert(at, 1, letters[below(letters.size())]);
                break;
            case 1:
                text.erase(at, length);
                break;
            case 2:
                text.insert(at, text.substr(from + below(text.size() - from), length));
                break;
            case 3:
                if (at < text.size()) text[at] = letters[below(letters.size())];
                break;
            default:
                text.resize(std::max(from, at));
                break;
        }
        if (text.size() <= from) text += "x";
    }
    return text;
}

/// What a header says, whatever stands between its parts and in which order: its algorithm, and the last of each name.
std::set<std::string> said_by(const std::string& header) {
    std::map<std::string, std::string> parts;
    std::string part;
    for (const char letter : header + ",") {
        if (std::string_view(", \t").find(letter) == std::string_view::npos) {
            part += letter;
            continue;
        }
        const std::size_t sign = part.find('=');
        const std::string name = part.substr(0, sign);
        if (name == "Credential" || name == "SignedHeaders" || name == "Signature" || name.starts_with("AWS4")) {
            parts[name] = part;
        }
        part.clear();
    }
    std::set<std::string> said;
    for (const auto& [name, text] : parts) said.insert(text);
    return said;
}

TEST(SignatureVersion4, IsNeitherMisledNorBrokenByAnyHeader) {
    std::mt19937 random(4);
    const RequestDraft whole = Signer().sign();
    int refused = 0;
    for (int round = 0; round < 5000; ++round) {
        RequestDraft draft = whole;
        std::string& header = draft.header("Authorization");
        header = mutated(header, 0, random);
        const bool is_same = said_by(header) == said_by(RequestDraft(whole).header("Authorization"));
        const std::string told = verdict(draft);
        EXPECT_TRUE(is_same || told != "accepted") << header;
        refused += told == "accepted" ? 0 : 1;
    }
    EXPECT_GT(refused, 4000);
}

TEST(SignatureVersion4, IsNeitherMisledNorBrokenByAnyUrl) {
    std::mt19937 random(5);
    const RequestDraft whole = url_signer().presign();
    const std::string said = canonical_query(query_of(whole.target));
    int refused = 0;
    for (int round = 0; round < 5000; ++round) {
        RequestDraft draft = whole;
        draft.target = mutated(draft.target, 2, random);
        const std::string told = verdict(draft);
        const bool is_same = canonical_query(query_of(draft.target)) == said;
        EXPECT_TRUE(is_same || told != "accepted") << draft.target;
        refused += told == "accepted" ? 0 : 1;
    }
    EXPECT_GT(refused, 4000);
}

}  // namespace
}  // namespace plocal::signing
