#include "server/wire/signing/credentials.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plocal::signing {
namespace {

/// "PROFILE SECRET TOKEN" of a key, or the problems of the text.
std::string outcome(const std::string& text, const std::string& key) {
    try {
        const Credentials credentials = read_credentials(text, "FILE");
        const Credential* const found = credentials.find(key);
        if (found == nullptr) return "(no such key)";
        return found->profile + " " + found->secret + " " + found->session_token;
    } catch (const CredentialsError& error) {
        return error.what();
    }
}

std::vector<std::string> problems_of(const std::string& text) {
    try {
        read_credentials(text, "FILE");
        return {};
    } catch (const CredentialsError& error) {
        return error.problems();
    }
}

TEST(Credentials, AreReadAsTheCliReadsThem) {
    const struct {
        const char* name;
        const char* text;
        const char* outcome;  // for the key A
    } cases[] = {
        {"a profile", "[default]\naws_access_key_id = A\naws_secret_access_key = s\n", "default s "},
        {"a session token", "[t]\naws_access_key_id=A\naws_secret_access_key=s\naws_session_token=x/+==\n",
         "t s x/+=="},
        {"its old name", "[t]\naws_access_key_id=A\naws_secret_access_key=s\naws_security_token=x\n", "t s x"},
        {"no line end at the end", "[t]\naws_access_key_id=A\naws_secret_access_key=s", "t s "},
        {"line ends of Windows", "[t]\r\naws_access_key_id = A\r\naws_secret_access_key = s\r\n\r\n", "t s "},
        {"a byte order mark", "\xef\xbb\xbf[t]\naws_access_key_id=A\naws_secret_access_key=s", "t s "},
        {"blanks and tabs", "[ t ]\naws_access_key_id\t = \t A \naws_secret_access_key=s\t\n", "t s "},
        {"a colon", "[t]\naws_access_key_id: A\naws_secret_access_key: s=:/+\n", "t s=:/+ "},
        {"capitals in names", "[t]\nAWS_ACCESS_KEY_ID=A\nAws_Secret_Access_Key=S\n", "t S "},
        {"an equal sign in the value", "[t]\naws_access_key_id=A\naws_secret_access_key=a=b#c;d\n", "t a=b#c;d "},
        {"comments", "# one\n; two\n[t] # three\naws_access_key_id=A\n  # four\n#x\naws_secret_access_key=s\n", "t s "},
        {"a profile as in the config file", "[profile ci]\naws_access_key_id=A\naws_secret_access_key=s\n", "ci s "},
        {"a profile whose name only begins so", "[profiles]\naws_access_key_id=A\naws_secret_access_key=s\n",
         "profiles s "},
        {"a profile named profile", "[profile]\naws_access_key_id=A\naws_secret_access_key=s\n", "profile s "},
        {"other settings", "[t]\nregion = a b c\naws_access_key_id=A\noutput=json\naws_secret_access_key=s\nx=\n",
         "t s "},
        {"nested settings, which are no profile's own",
         "[t]\naws_access_key_id=A\ns3 =\n  aws_access_key_id = B\n  max = 1\n  no sign\naws_secret_access_key=s\n",
         "t s "},
        {"twice the same name in nested settings",
         "[t]\ns3 =\n  a = 1\ns4 =\n  a = 2\n\n\t[x]\naws_access_key_id=A\naws_secret_access_key=s\n", "t s "},
        {"a profile that is indented as a whole", "[t]\n  aws_access_key_id=A\n  aws_secret_access_key=s\n", "t s "},
        {"the same behind another profile", "[x]\nregion=x\n[t]\n  aws_access_key_id=A\n  aws_secret_access_key=s\n",
         "t s "},
        {"profiles and sections without keys",
         "[role]\nrole_arn = arn:aws:iam::1:role/a\n[sso-session s]\nsso_region = x\n[t]\naws_access_key_id=A\n"
         "aws_secret_access_key=s\n",
         "t s "},
        {"the same key in two profiles",
         "[one]\naws_access_key_id=A\naws_secret_access_key=s\n[two]\naws_access_key_id=A\naws_secret_access_key=s\n",
         "one s "},
        {"a key is a matter of case", "[t]\naws_access_key_id=a\naws_secret_access_key=s\n", "(no such key)"},
    };
    for (const auto& one : cases) EXPECT_EQ(outcome(one.text, "A"), one.outcome) << one.name;
}

TEST(Credentials, HoldEveryKeyOfTheFile) {
    const Credentials credentials = read_credentials(
        "[a]\naws_access_key_id=111122223333\naws_secret_access_key=1\n"
        "[b]\naws_access_key_id=444455556666\naws_secret_access_key=2\n",
        "FILE");
    EXPECT_EQ(credentials.size(), 2u);
    EXPECT_EQ(credentials.find("111122223333")->secret, "1");
    EXPECT_EQ(credentials.find("444455556666")->secret, "2");
    EXPECT_EQ(credentials.find(""), nullptr);
    EXPECT_EQ(credentials.find("11112222333"), nullptr);
}

TEST(Credentials, ReportWhatIsWrongWithTheFileAndHowToFixIt) {
    const std::string none =
        "FILE has no key: expected a profile such as [default] with aws_access_key_id and aws_secret_access_key";
    const struct {
        const char* name;
        const char* text;
        std::string problem;
    } cases[] = {
        {"nothing", "", none},
        {"comments alone", "# [default]\n\n", none},
        {"a profile alone", "[default]\n", none},
        {"profiles without keys", "[default]\nregion=us-east-1\n", none},
        {"no secret", "\n\n[ci]\n\naws_access_key_id=A\nregion=x\n",
         "profile 'ci' in FILE line 3 has aws_access_key_id and no aws_secret_access_key; add it below line 5"},
        {"no key", "[ci]\naws_secret_access_key=s\naws_session_token=t\n",
         "profile 'ci' in FILE line 1 has aws_secret_access_key and no aws_access_key_id; add it below line 2"},
        {"a token alone", "[ci]\naws_session_token=t\n",
         "profile 'ci' in FILE line 1 has aws_session_token and no aws_access_key_id; add it below line 2"},
        {"an empty secret", "[ci]\naws_access_key_id=A\naws_secret_access_key =  \n",
         "FILE line 3: aws_secret_access_key has no value; give one, or leave the line out"},
        {"an empty key", "[ci]\naws_access_key_id=\naws_secret_access_key=s\n",
         "FILE line 2: aws_access_key_id has no value; give one, or leave the line out"},
        {"an empty token", "[ci]\naws_access_key_id=A\naws_secret_access_key=s\naws_session_token=\n",
         "FILE line 4: aws_session_token has no value; give one, or leave the line out"},
        {"a comment behind a value", "[ci]\naws_access_key_id=A # mine\naws_secret_access_key=s\n",
         "FILE line 2: the value of aws_access_key_id has a blank in it; no quotes or other text belong behind it, and "
         "a comment needs a line of its own"},
        {"a key with quotes", "[ci]\naws_access_key_id=\"A\"\naws_secret_access_key=s\n",
         "FILE line 2: aws_access_key_id has a character that no key has; it is letters and digits, as in "
         "AKIAIOSFODNN7EXAMPLE"},
        {"a key with a slash", "[ci]\naws_access_key_id=A/B\naws_secret_access_key=s\n",
         "FILE line 2: aws_access_key_id has a character that no key has; it is letters and digits, as in "
         "AKIAIOSFODNN7EXAMPLE"},
        {"a setting twice", "[ci]\naws_access_key_id=A\naws_secret_access_key=s\naws_access_key_id=B\n",
         "FILE line 4 gives aws_access_key_id again, after line 2; leave one of them"},
        {"a token by both its names",
         "[ci]\naws_access_key_id=A\naws_secret_access_key=s\naws_session_token=B\naws_security_token=B\n",
         "FILE line 5 gives aws_session_token again, after line 4; leave one of them"},
        {"a profile twice", "[ci]\naws_access_key_id=A\naws_secret_access_key=s\n[profile ci]\nregion=x\n",
         "profile 'ci' begins twice, in FILE line 1 and in line 4; make one of them"},
        {"a setting before all profiles", "aws_access_key_id=A\n[ci]\naws_access_key_id=A\naws_secret_access_key=s\n",
         "FILE line 1: expected a profile such as [default] before all else"},
        {"a line that is nothing", "[ci]\naws_access_key_id=A\naws_secret_access_key=s\nhunter2\n",
         "FILE line 4: expected a setting such as aws_access_key_id = ..., found no '='"},
        {"an open bracket", "[ci\naws_access_key_id=A\naws_secret_access_key=s\n",
         "FILE line 1: expected the name of a profile in brackets, such as [default]"},
        {"a profile without a name", "[ ]\naws_access_key_id=A\naws_secret_access_key=s\n",
         "FILE line 1: expected the name of a profile in brackets, such as [default]"},
        {"a line that goes on with a secret", "[ci]\naws_access_key_id=A\n aws_secret_access_key=s\n",
         "FILE line 3 is indented deeper than line 2 and so goes on with its value; begin both lines in the same "
         "column"},
        {"a key with two secrets",
         "[a]\naws_access_key_id=A\naws_secret_access_key=s\n[b]\naws_access_key_id=A\naws_secret_access_key=t\n",
         "profiles 'a' and 'b' in FILE share an access key and differ in their aws_secret_access_key; give one of them "
         "a key of its own"},
        {"a key with and without a token",
         "[a]\naws_access_key_id=A\naws_secret_access_key=s\n"
         "[b]\naws_access_key_id=A\naws_secret_access_key=s\naws_session_token=t\n",
         "profiles 'a' and 'b' in FILE share an access key and differ in their aws_session_token; give one of them a "
         "key of its own"},
    };
    for (const auto& one : cases) {
        EXPECT_THAT(problems_of(one.text), testing::Contains(one.problem)) << one.name;
    }
}

TEST(Credentials, ReportAllProblemsAtOnce) {
    const std::string text = "x=1\n[a]\naws_access_key_id=A\n[b]\naws_secret_access_key=\n[c]\n[c]\n";
    EXPECT_EQ(problems_of(text).size(), 5u) << outcome(text, "");
    EXPECT_EQ(outcome("[a]\n=\n", ""), outcome("[a]\n=\n", "other"));
}

TEST(Credentials, ReportEachProblemOnce) {
    EXPECT_EQ(problems_of("[ci]\naws_secret_access_key=s\naws_session_token=t\n").size(), 1u);
    EXPECT_EQ(problems_of("[ci]\naws_access_key_id=A\naws_secret_access_key=\n").size(), 1u);
    EXPECT_EQ(problems_of("hunter2\n").size(), 1u);
}

TEST(Credentials, ShowNoSecretInAnyProblem) {
    const std::string secret = "wJalrXUtnFEMI/K7MDENG";
    for (const std::string& text :
         {secret, "[a]\n" + secret, "[a]\naws_access_key_id=" + secret, "[a]\naws_secret_access_key=" + secret,
          "[a]\naws_access_key_id=A\n  " + secret, "[a]\naws_access_key_id=A\naws_secret_access_key=" + secret + " x",
          "[a]\naws_access_key_id=A\naws_secret_access_key=" + secret + "\naws_secret_access_key=" + secret + "2"}) {
        EXPECT_NE(problems_of(text), std::vector<std::string>()) << text;
        EXPECT_EQ(outcome(text, "").find(secret), std::string::npos) << outcome(text, "");
    }
}

}  // namespace
}  // namespace plocal::signing
