// The keys that signed requests may bear, as a shared-credentials file of AWS lists them. Pure: whoever calls has read
// the file. https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html
#pragma once

#include <exception>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plocal::signing {

struct Credential {
    std::string secret;
    std::string session_token;  // empty where requests need bear none
    std::string profile;        // the first one that names the key
};

/// Accepted keys by access key id.
class Credentials {
public:
    explicit Credentials(std::map<std::string, Credential, std::less<>> by_key) : by_key_(std::move(by_key)) {}

    /// Null where nobody has this key; lives as long as the credentials.
    const Credential* find(std::string_view access_key) const;

    std::size_t size() const { return by_key_.size(); }

private:
    std::map<std::string, Credential, std::less<>> by_key_;
};

/// All that is wrong with a credentials file. No secret is told, nor any line that may hold one.
class CredentialsError : public std::exception {
public:
    explicit CredentialsError(std::vector<std::string> problems);

    /// One line each: which file, which line, what was expected, what was found, how to mend it.
    const std::vector<std::string>& problems() const { return problems_; }

    /// All of them, a line each.
    const char* what() const noexcept override { return text_.c_str(); }

private:
    std::vector<std::string> problems_;
    std::string text_;
};

/// Reads it as the AWS CLI does: `[profile]`, `name = value`, comments in lines of their own, what is indented deeper
/// belongs to the setting before; settings that are no credentials are passed over. `file` is its name, for messages.
/// Throws CredentialsError, also where there is no key at all.
Credentials read_credentials(std::string_view text, std::string_view file);

}  // namespace plocal::signing
