// s3:// URLs. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace plocal::operations {

struct S3Location {
    std::string_view bucket;
    std::string_view key;  // a key or a prefix, may be empty

    /// Whether both mean one folder, with or without a slash at the end.
    bool is_same_place_as(const S3Location& other) const;
};

/// Nothing for another scheme and for a bucket that no bucket can be named
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html). The views live as long as the text.
std::optional<S3Location> parse_s3_location(std::string_view url);

/// The same, or what the service says of a path that is none: ApiError (InvalidInputException) with this message, which
/// was asked for `where`.
S3Location require_s3_location(std::string_view url, std::string message, std::string_view where);

}  // namespace plocal::operations
