#include "server/wire/signing/verify.h"

#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/base/json.h"
#include "server/base/text.h"
#include "server/wire/protocol/identity.h"
#include "tests/unit/wire/signing/published.h"

namespace plocal::signing {
namespace {

using base::Json;
using protocol::identify;
using protocol::Identity;

// Fidelity: documented | Requests that are signed as in AWS's own suite of examples are accepted, in the header and
//   in the URL | awslabs/aws-c-auth, tests/aws-signing-test-suite/v4
TEST(SignatureVersion4, AcceptsWhatAwsPublishes) {
    int accepted = 0;
    for_each_published([&accepted](const Json& one, const std::string& place, bool is_accepted) {
        if (!is_accepted) return;
        ++accepted;
        const RequestDraft draft = published_request(one, place);
        EXPECT_EQ(verdict(draft.request(), published_credentials(one), at(example_moment), published_terms),
                  "accepted");
    });
    EXPECT_EQ(accepted, 63);
}

// Fidelity: inferred | Only S3 accepts a path that is signed without normalizing it, and a session token that was
//   added to a URL after it was signed | -
TEST(SignatureVersion4, RefusesWhatAwsPublishesForOtherServices) {
    for_each_published([](const Json& one, const std::string& place, bool is_accepted) {
        if (is_accepted) return;
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

/// The request with one change of something that the signature covers, in all ways.
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
        const std::string name = base::lower(whole.headers[i].first);
        if (names.find(";" + name + ";") == std::string::npos) continue;
        add("the value of " + name).headers[i].second += "x";
        RequestDraft& without = add("no " + name);
        without.headers.erase(without.headers.begin() + static_cast<std::ptrdiff_t>(i));
    }
    return changes;
}

TEST(SignatureVersion4, RefusesWhatAwsPublishesAfterOneChange) {
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

// Fidelity: documented | A request without `X-Amz-Date` may be dated by `Date` in the form of HTTP |
//   https://docs.aws.amazon.com/IAM/latest/UserGuide/signing-elements.html
TEST(SignatureVersion4, AcceptsTheDateOfHttpIfThereIsNoOther) {
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
    const auto outcome = [&] { return verdict(draft.request(), example_credentials, at(then), {.service = "host"}); };
    EXPECT_EQ(outcome(), "accepted");
    draft.header("Date") = "Mon, 09 Sep 2011 23:36:01 GMT";
    EXPECT_NE(outcome(), "accepted");
    draft.header("Date") = "Mon, 09 Sep 2011 23:36:00 GMT";
    draft.header("X-Amz-Date") = "20110909T233601Z";
    EXPECT_NE(outcome(), "accepted") << "X-Amz-Date goes first";
}

TEST(SignatureVersion4, ReadsTheHeaderWithAnySeparators) {
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

TEST(SignatureVersion4, AcceptsAnUnsignedPayloadIfTheRequestAnnouncesIt) {
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

TEST(SignatureVersion4, VerifiesTheIdentityThatIdentifyFinds) {
    for (const RequestDraft& draft : {Signer().sign(), url_signer().presign()}) {
        ASSERT_EQ(verdict(draft), "accepted");
        const Identity identity = identify(draft.request());
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

/// The meaningful parts of a header in any order: its algorithm, and the last part of each name.
std::set<std::string> parts_of(const std::string& header) {
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
    std::set<std::string> found;
    for (const auto& [name, text] : parts) found.insert(text);
    return found;
}

TEST(SignatureVersion4, IsNeitherMisledNorBrokenByAnyHeader) {
    std::mt19937 random(4);
    const RequestDraft whole = Signer().sign();
    int refused = 0;
    for (int round = 0; round < 5000; ++round) {
        RequestDraft draft = whole;
        std::string& header = draft.header("Authorization");
        header = mutated(header, 0, random);
        const bool is_same = parts_of(header) == parts_of(RequestDraft(whole).header("Authorization"));
        const std::string outcome = verdict(draft);
        EXPECT_TRUE(is_same || outcome != "accepted") << header;
        refused += outcome == "accepted" ? 0 : 1;
    }
    EXPECT_GT(refused, 4000);
}

TEST(SignatureVersion4, IsNeitherMisledNorBrokenByAnyUrl) {
    std::mt19937 random(5);
    const RequestDraft whole = url_signer().presign();
    const std::string canonical = Query(whole.target).canonical();
    int refused = 0;
    for (int round = 0; round < 5000; ++round) {
        RequestDraft draft = whole;
        draft.target = mutated(draft.target, 2, random);
        const std::string outcome = verdict(draft);
        const bool is_same = Query(draft.target).canonical() == canonical;
        EXPECT_TRUE(is_same || outcome != "accepted") << draft.target;
        refused += outcome == "accepted" ? 0 : 1;
    }
    EXPECT_GT(refused, 4000);
}

}  // namespace
}  // namespace plocal::signing
