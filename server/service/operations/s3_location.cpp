#include "server/service/operations/s3_location.h"

#include <utility>

#include "server/base/text.h"
#include "server/model/api_error.h"

namespace plocal::operations {
namespace {

constexpr std::string_view scheme = "s3://";
constexpr std::size_t shortest_bucket = 3;
constexpr std::size_t longest_bucket = 63;

bool is_bucket(std::string_view name) {
    const auto is_edge = [](char c) { return (c >= 'a' && c <= 'z') || base::is_digit(c); };
    if (name.size() < shortest_bucket || name.size() > longest_bucket) return false;
    if (!is_edge(name.front()) || !is_edge(name.back())) return false;
    return name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string_view::npos &&
           name.find("..") == std::string_view::npos;
}

std::string_view without_slash(std::string_view key) {
    if (key.ends_with('/')) key.remove_suffix(1);
    return key;
}

}  // namespace

bool S3Location::is_same_folder_as(const S3Location& other) const {
    return bucket == other.bucket && without_slash(key) == without_slash(other.key);
}

std::optional<S3Location> parse_s3_location(std::string_view url) {
    if (!url.starts_with(scheme)) return std::nullopt;
    url.remove_prefix(scheme.size());
    const std::size_t slash = url.find('/');
    const S3Location location{url.substr(0, slash), slash == std::string_view::npos ? "" : url.substr(slash + 1)};
    if (!is_bucket(location.bucket)) return std::nullopt;
    return location;
}

S3Location require_s3_location(std::string_view url, std::string message, std::string_view where) {
    if (const std::optional<S3Location> location = parse_s3_location(url)) return *location;
    throw model::ApiError("InvalidInputException", std::move(message),
                          std::string(where) + " must be s3://BUCKET/KEY, with a valid bucket name",
                          model::Evidence::documented);
}

}  // namespace plocal::operations
