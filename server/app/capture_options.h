// What the command capture is called with, as plain values.
#pragma once

#include <string>
#include <vector>

namespace plocal::app {

/// The variables of the environment that clients of AWS share; empty where they are not set.
struct AwsVariables {
    std::string access_key;        // AWS_ACCESS_KEY_ID
    std::string secret;            // AWS_SECRET_ACCESS_KEY
    std::string session_token;     // AWS_SESSION_TOKEN
    std::string profile;           // AWS_PROFILE
    std::string region;            // AWS_REGION, or else AWS_DEFAULT_REGION
    std::string credentials_file;  // AWS_SHARED_CREDENTIALS_FILE
    std::string config_file;       // AWS_CONFIG_FILE
    std::string home;              // HOME, the folder of the user
};

struct CaptureOptions {
    std::vector<std::string> regions;
    std::string dataset_group;  // an ARN; empty for all
    std::string profile;        // empty for keys of the environment, or else the profile that it names
    std::string endpoint_url;   // empty for the service's own
    std::string as_account;     // empty for the account itself
    AwsVariables aws;
};

}  // namespace plocal::app
