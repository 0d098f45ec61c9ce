#include "server/app/capture_settings.h"

#include <filesystem>
#include <fstream>
#include <string>
#include <variant>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/app/command_line.h"
#include "tests/unit/storage/temporary_folder.h"

namespace plocal::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Texts = std::vector<std::string>;

const Texts with_key = {"AWS_ACCESS_KEY_ID=AK", "AWS_SECRET_ACCESS_KEY=hidden"};

CaptureSettings settings_of(Texts arguments, const Texts& environment) {
    arguments.insert(arguments.begin(), "capture");
    return read_capture_settings(std::get<Options>(read_options(arguments, environment)).capture);
}

/// Why settings are refused; empty if they are not.
std::string refusal_of(const Texts& arguments, const Texts& environment) {
    try {
        settings_of(arguments, environment);
        return "";
    } catch (const UsageError& error) {
        return error.what();
    }
}

Texts also(Texts texts, const Texts& more) {
    texts.insert(texts.end(), more.begin(), more.end());
    return texts;
}

TEST(CaptureSettings, TakeTheRegionsFromFlagsOrElseVariablesOrElseTheProfile) {
    const storage::TemporaryFolder folder;
    std::ofstream(folder.file("config")) << "[default]\nregion = eu-north-1\n[profile work]\nregion = eu-south-1\n";
    const Texts both = also(with_key, {"AWS_CONFIG_FILE=" + folder.file("config")});
    const Texts one = also(both, {"AWS_REGION=us-west-1", "AWS_DEFAULT_REGION=us-west-2"});
    EXPECT_THAT(settings_of({"--region", "eu-west-1", "--region", "eu-west-2", "--region=eu-west-1"}, one).regions,
                ElementsAre("eu-west-1", "eu-west-2"));
    EXPECT_THAT(settings_of({}, one).regions, ElementsAre("us-west-1"));
    EXPECT_THAT(settings_of({}, also(both, {"AWS_DEFAULT_REGION=us-west-2"})).regions, ElementsAre("us-west-2"));
    EXPECT_THAT(settings_of({}, both).regions, ElementsAre("eu-north-1"));
    EXPECT_THAT(settings_of({}, also(both, {"AWS_PROFILE=work"})).regions, ElementsAre("eu-south-1"));
    EXPECT_EQ(refusal_of({}, with_key), "capture: no region: name one with --region, or set AWS_REGION");
}

TEST(CaptureSettings, TakeTheRegionOfTheDatasetGroup) {
    const Texts group = {"--dataset-group", "arn:aws:personalize:eu-west-1:123456789012:dataset-group/films"};
    EXPECT_THAT(settings_of(group, also(with_key, {"AWS_REGION=us-east-1"})).regions, ElementsAre("eu-west-1"));
    EXPECT_THAT(settings_of(also(group, {"--region", "eu-west-1"}), with_key).regions, ElementsAre("eu-west-1"));
    EXPECT_EQ(refusal_of(also(group, {"--region", "us-east-1"}), with_key),
              "--region us-east-1: the dataset group is in eu-west-1; leave out --region");
}

TEST(CaptureSettings, TakeTheKeyFromVariablesUnlessAFlagNamesAProfile) {
    const storage::TemporaryFolder home;
    std::filesystem::create_directory(home.file(".aws"));
    std::ofstream(home.file(".aws/credentials"))
        << "[default]\naws_access_key_id = D\naws_secret_access_key = hidden\n"
           "[work]\naws_access_key_id = W\naws_secret_access_key = hidden\naws_session_token = T\n";
    const Texts files = {"HOME=" + home.path(), "AWS_REGION=us-east-1"};
    const auto key_of = [](const Texts& arguments, const Texts& environment) {
        const signing::SigningKey key = settings_of(arguments, environment).key;
        return key.access_key + " " + key.secret + " " + key.session_token;
    };
    EXPECT_EQ(key_of({}, files), "D hidden ");
    EXPECT_EQ(key_of({"--profile", "work"}, files), "W hidden T");
    EXPECT_EQ(key_of({}, also(files, {"AWS_PROFILE=work"})), "W hidden T");
    const Texts with_all = also(also(files, with_key), {"AWS_PROFILE=work", "AWS_SESSION_TOKEN=S"});
    EXPECT_EQ(key_of({}, with_all), "AK hidden S");
    EXPECT_EQ(key_of({"--profile", "default"}, with_all), "D hidden ");
    const std::string moved = "AWS_SHARED_CREDENTIALS_FILE=~/.aws/credentials";
    EXPECT_EQ(key_of({}, also(files, {moved})), "D hidden ");
}

TEST(CaptureSettings, AreRefusedInOneLineThatSaysHowToMendIt) {
    const Texts region = also(with_key, {"AWS_REGION=us-east-1"});
    const struct {
        Texts arguments;
        Texts environment;
        const char* refusal;
    } cases[] = {
        {{"--as", "12345"}, region, "--as: expected an account of twelve digits, found '12345'"},
        {{"--region", "Virginia"}, region, "--region: expected a region such as us-east-1, found 'Virginia'"},
        {{"--endpoint-url", "localhost:7377"},
         region,
         "--endpoint-url: expected http://HOST:PORT or https://HOST:PORT"},
        {{"--dataset-group", "films"},
         region,
         "--dataset-group: expected arn:aws:personalize:REGION:ACCOUNT:dataset-gr"},
        {{"--dataset-group", "arn:aws:personalize:us-east-1:123456789012:solution/films"}, region, "--dataset-group: "},
        {{}, {"AWS_REGION=us-east-1", "AWS_ACCESS_KEY_ID=AK"}, "AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY"},
        {{}, {"AWS_REGION=us-east-1", "AWS_SECRET_ACCESS_KEY=hidden"}, "AWS_SECRET_ACCESS_KEY without AWS_ACCESS_KEY_"},
        {{}, {"AWS_REGION=us-east-1"}, "there is no profile 'default'"},
        {{"--profile", "work"}, region, "there is no profile 'work'"},
        {{},
         {"AWS_REGION=us-east-1", "AWS_SHARED_CREDENTIALS_FILE=/"},
         "/: expected an AWS credentials file, found a "},
    };
    for (const auto& one : cases) {
        const std::string refusal = refusal_of(one.arguments, one.environment);
        EXPECT_THAT(refusal, HasSubstr(one.refusal));
        EXPECT_EQ(refusal.find("hidden"), std::string::npos) << refusal;
        EXPECT_EQ(refusal.find('\n'), std::string::npos) << refusal;
    }
}

// Fidelity: documented | The service is at personalize.REGION.amazonaws.com by HTTPS, and in China at
//   personalize.REGION.amazonaws.com.cn | https://docs.aws.amazon.com/general/latest/gr/personalize.html;
//   boto/botocore, botocore/data/endpoints.json
TEST(CaptureSettings, KnowTheEndpointOfTheServiceInEachPartition) {
    EXPECT_EQ(service_endpoint("eu-west-1").endpoint(), "personalize.eu-west-1.amazonaws.com:443");
    EXPECT_EQ(service_endpoint("cn-north-1").host_header(), "personalize.cn-north-1.amazonaws.com.cn");
    EXPECT_TRUE(service_endpoint("eu-west-1").is_https);
}

}  // namespace
}  // namespace plocal::app
