// Keys and region of a profile, from the texts of the AWS shared credentials and config files. Pure: the caller reads
// the files. https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html
#pragma once

#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

namespace plocal::capture {

struct Profile {
    std::string access_key;
    std::string secret;
    std::string session_token;  // empty for a key without one
    std::string region;         // empty if the files have none
};

/// Why a profile gives no keys: one line that says how to get them.
class ProfileError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// The texts of the two files; empty for a file that does not exist.
struct ProfileFiles {
    std::string_view credentials;
    std::string_view config;
};

/// Returns the region of a profile, or "" where the files have no such profile or no region of it.
std::string region_of_profile(const ProfileFiles& files, const std::string& name);

/// Reads a profile. What both files have counts as in the credentials file. Throws ProfileError for a profile that is
/// in no file, has no keys, or gets its keys by a role, by single sign-on or by another program. No message shows a
/// value of the files.
Profile read_profile(const ProfileFiles& files, const std::string& name);

}  // namespace plocal::capture
