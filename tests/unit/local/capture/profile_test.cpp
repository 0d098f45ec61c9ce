#include "server/local/capture/profile.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plocal::capture {
namespace {

using testing::HasSubstr;
using testing::Not;

/// The parts of a profile with a blank between them, or why it cannot be read.
std::string shown(const ProfileFiles& files, const std::string& name = "default") {
    try {
        const Profile profile = read_profile(files, name);
        return profile.access_key + " " + profile.secret + " " + profile.session_token + " " + profile.region;
    } catch (const ProfileError& error) {
        return error.what();
    }
}

TEST(Profile, IsReadFromBothFiles) {
    const std::string credentials =
        "# keys\n[default]\naws_access_key_id = AK1\naws_secret_access_key=s/1+=\n\n"
        "[work]\r\naws_access_key_id = AK2\r\naws_secret_access_key = s2\r\nAWS_SESSION_TOKEN = t2==\r\n";
    const std::string config =
        "[default]\nregion = us-east-1\naws_access_key_id = ignored\n; a comment\n"
        "[work]\nregion = no profile of a config file\n"
        "[profile work]\nregion = eu-west-1\ns3 =\n  region = of another setting\n"
        "[profile  alone]\naws_access_key_id = AK3\naws_secret_access_key = s3\n";
    EXPECT_EQ(shown({credentials, config}), "AK1 s/1+=  us-east-1");
    EXPECT_EQ(shown({credentials, config}, "work"), "AK2 s2 t2== eu-west-1");
    EXPECT_EQ(shown({credentials, config}, "alone"), "AK3 s3  ");
    EXPECT_EQ(region_of_profile({credentials, config}, "work"), "eu-west-1");
    EXPECT_EQ(region_of_profile({credentials, config}, "absent"), "");
}

TEST(Profile, IsRefusedWhereItsKeysComeFromElsewhere) {
    const char* const keys = "aws_access_key_id = AK\naws_secret_access_key = hidden\n";
    for (const char* const setting : {"source_profile", "role_arn", "credential_source", "web_identity_token_file",
                                      "sso_session", "sso_start_url"}) {
        const std::string config = std::string("[profile work]\n") + setting + " = value\n" + keys;
        EXPECT_EQ(shown({"", config}, "work"),
                  std::string("profile 'work' gets its keys by ") + setting +
                      ", which capture does not read: run eval \"$(aws configure export-credentials --profile work "
                      "--format env)\", and leave out --profile");
    }
    const std::string process = "[default]\ncredential_process = /bin/keys\n";
    EXPECT_THAT(shown({"", process}), HasSubstr("by credential_process, which capture does not read: run eval"));
    EXPECT_EQ(shown({"", process + keys}), "AK hidden  ") << "clients prefer the keys that stand beside it";
}

TEST(Profile, IsRefusedWithoutKeysAndShowsNoSecret) {
    EXPECT_THAT(shown({"[other]\naws_secret_access_key = hidden\n", ""}),
                HasSubstr("there is no profile 'default' in the AWS credentials and config files"));
    EXPECT_THAT(shown({"", ""}, "work"), HasSubstr("there is no profile 'work'"));
    const std::string no_key = shown({"[default]\naws_secret_access_key = hidden\n", ""});
    EXPECT_THAT(no_key, HasSubstr("profile 'default' has no aws_access_key_id: add it, or run eval"));
    EXPECT_THAT(no_key, Not(HasSubstr("hidden")));
    EXPECT_THAT(shown({"[default]\naws_access_key_id = AK\n", ""}), HasSubstr("has no aws_secret_access_key"));
}

}  // namespace
}  // namespace plocal::capture
