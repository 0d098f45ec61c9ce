#include "server/app/capture_settings.h"

#include <algorithm>
#include <system_error>

#include "server/app/option_table.h"
#include "server/base/account_id.h"
#include "server/base/file.h"
#include "server/base/problem.h"
#include "server/local/capture/profile.h"
#include "server/service/resources/arn.h"
#include "server/service/resources/kinds.h"

namespace plocal::app {
namespace {

/// Returns the text of a file that AWS clients share: `given`, or else the one of this name in the user's folder. Empty
/// if there is none.
std::string read_shared_file(const AwsVariables& aws, std::string given, const std::string& name) {
    if (given.empty() && !aws.home.empty()) given = "~/.aws/" + name;
    if (given.starts_with("~/")) given.replace(0, 1, aws.home);
    std::error_code error;
    std::string text = base::read_text_file(given, error);
    if (!error || error == std::errc::no_such_file_or_directory) return text;
    throw UsageError(given + ": " +
                     base::mismatch("an AWS " + name + " file", "a file that cannot be read: " + error.message()));
}

std::string wrong(const std::string& flag, std::string_view expected, const std::string& found) {
    return flag + ": " + base::mismatch(expected, "'" + found + "'");
}

/// Returns the region of the dataset group, or "" without one.
std::string region_of_group(const CaptureOptions& options) {
    if (options.dataset_group.empty()) return "";
    const auto arn = resources::parse_arn(options.dataset_group);
    if (!arn || !resources::is_arn_of(resources::kind_named("datasetGroup"), *arn) || !is_region(arn->region)) {
        throw UsageError(
            wrong("--dataset-group", "arn:aws:personalize:REGION:ACCOUNT:dataset-group/NAME", options.dataset_group));
    }
    std::string region(arn->region);
    const auto other = std::ranges::find_if(options.regions, [&](const auto& given) { return given != region; });
    if (other == options.regions.end()) return region;
    throw UsageError("--region " + *other + ": the dataset group is in " + region + "; leave out --region");
}

std::vector<std::string> read_regions(const CaptureOptions& options, const std::string& region_of_profile) {
    std::vector<std::string> regions;
    std::vector<std::string> given = options.regions;
    if (const std::string region = region_of_group(options); !region.empty()) given = {region};
    if (given.empty()) given.push_back(options.aws.region.empty() ? region_of_profile : options.aws.region);
    for (const std::string& region : given) {
        if (region.empty()) throw UsageError("capture: no region: name one with --region, or set AWS_REGION");
        if (!is_region(region)) throw UsageError(wrong("--region", "a region such as us-east-1", region));
        if (std::ranges::find(regions, region) == regions.end()) regions.push_back(region);
    }
    return regions;
}

std::optional<http::Url> read_endpoint(const std::string& text) {
    if (text.empty()) return std::nullopt;
    if (auto url = http::parse_url(text)) return url;
    throw UsageError(wrong("--endpoint-url", "http://HOST:PORT or https://HOST:PORT", text));
}

/// Returns the key of the environment, unless a flag names a profile.
std::optional<signing::SigningKey> key_of_environment(const CaptureOptions& options) {
    const AwsVariables& aws = options.aws;
    if (!options.profile.empty() || (aws.access_key.empty() && aws.secret.empty())) return std::nullopt;
    if (!aws.access_key.empty() && !aws.secret.empty()) {
        return signing::SigningKey{aws.access_key, aws.secret, aws.session_token};
    }
    throw UsageError(aws.secret.empty() ? "AWS_ACCESS_KEY_ID without AWS_SECRET_ACCESS_KEY: set both, or neither"
                                        : "AWS_SECRET_ACCESS_KEY without AWS_ACCESS_KEY_ID: set both, or neither");
}

}  // namespace

CaptureSettings read_capture_settings(const CaptureOptions& options) {
    if (!options.as_account.empty() && !base::is_account_id(options.as_account)) {
        throw UsageError(wrong("--as", "an account of twelve digits", options.as_account));
    }
    const AwsVariables& aws = options.aws;
    const std::string from_environment = aws.profile.empty() ? "default" : aws.profile;
    const std::string name = options.profile.empty() ? from_environment : options.profile;
    const std::string credentials = read_shared_file(aws, aws.credentials_file, "credentials");
    const std::string config = read_shared_file(aws, aws.config_file, "config");
    const capture::ProfileFiles files{credentials, config};
    CaptureSettings settings{.regions = read_regions(options, capture::region_of_profile(files, name)),
                             .dataset_group = options.dataset_group,
                             .as_account = options.as_account,
                             .endpoint = read_endpoint(options.endpoint_url),
                             .key = {}};
    if (auto key = key_of_environment(options)) {
        settings.key = *std::move(key);
        return settings;
    }
    try {
        capture::Profile profile = capture::read_profile(files, name);
        settings.key = {std::move(profile.access_key), std::move(profile.secret), std::move(profile.session_token)};
    } catch (const capture::ProfileError& error) {
        throw UsageError(error.what());
    }
    return settings;
}

http::Url service_endpoint(const std::string& region) {
    const std::string suffix = region.starts_with("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com";
    return {.is_https = true, .host = "personalize." + region + suffix, .port = "443"};
}

}  // namespace plocal::app
