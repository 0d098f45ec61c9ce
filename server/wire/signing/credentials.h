// The access keys that may sign requests, read from the text of an AWS shared credentials file. Pure: the caller reads
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
    std::string session_token;  // empty if requests need none
    std::string profile;        // the first one with this key
};

/// The accepted keys, by access key id. Immutable.
class Credentials {
public:
    explicit Credentials(std::map<std::string, Credential, std::less<>> by_key) : by_key_(std::move(by_key)) {}

    /// Returns null for an unknown key. The result lives as long as the credentials.
    const Credential* find(std::string_view access_key) const;

    std::size_t size() const { return by_key_.size(); }

private:
    std::map<std::string, Credential, std::less<>> by_key_;
};

/// All problems of a credentials file. No problem shows a secret, or a line that may hold one.
class CredentialsError : public std::exception {
public:
    explicit CredentialsError(std::vector<std::string> problems);

    /// One line each: file, line, what was expected, what was found, how to fix it.
    const std::vector<std::string>& problems() const { return problems_; }

    /// All problems, one a line.
    const char* what() const noexcept override { return text_.c_str(); }

private:
    std::vector<std::string> problems_;
    std::string text_;
};

/// Reads the text as the AWS CLI does: `[profile]`, `name = value`, comments on lines of their own. A line that is
/// indented deeper continues the setting before it. Settings that are no credentials are ignored. `file` is the name
/// for messages. Throws CredentialsError; a file without any key is an error too.
Credentials read_credentials(std::string_view text, std::string_view file);

}  // namespace plocal::signing
