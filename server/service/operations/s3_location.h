// Parses s3:// URLs. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace plocal::operations {

struct S3Location {
    std::string_view bucket;
    std::string_view key;  // a key or a prefix, may be empty

    /// Returns true if both are equal, apart from a slash at the end.
    bool is_same_folder_as(const S3Location& other) const;
};

/// Returns nothing for another scheme and for an invalid bucket name
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html). The views live as long as the text.
std::optional<S3Location> parse_s3_location(std::string_view url);

/// The same, but throws ApiError (InvalidInputException) with this message for an invalid URL. `where` is the name of
/// the input member.
S3Location require_s3_location(std::string_view url, std::string message, std::string_view where);

}  // namespace plocal::operations
