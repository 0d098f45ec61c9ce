// The parts of a request's target in the form that Signature Version 4 signs. Pure.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plocal::signing {

/// Every byte but letters, digits and `-._~` as `%XX`.
std::string percent_encoded(std::string_view text);

/// How a service reads the path that is signed.
enum class PathRule {
    normalized,  // `.`, `..` and empty segments resolved, then the bytes as sent percent-encoded: all services but S3
    as_sent,     // each segment percent-encoded once, none resolved, because keys of objects may hold any: S3
};

/// The path of a target in canonical form; never empty.
std::string canonical_path(std::string_view target, PathRule rule);

/// The parameters of a query string, percent-decoded, in the order in which they are sent.
class Query {
public:
    Query() = default;

    /// Reads what follows the first question mark of a target. A plus stands for itself, not for a blank.
    explicit Query(std::string_view target);

    /// The value of the first parameter with this name, or nothing. Valid until the query changes.
    std::optional<std::string_view> find(std::string_view name) const;

    /// The same, but empty if there is none.
    std::string_view value(std::string_view name) const { return find(name).value_or(std::string_view()); }

    void add(std::string_view name, std::string_view value);

    /// Removes the first parameter with this name, if there is one.
    void remove(std::string_view name);

    /// Names and values percent-encoded, then sorted. It is also a valid query string.
    std::string canonical() const;

private:
    std::vector<std::pair<std::string, std::string>> parameters_;
};

}  // namespace plocal::signing
