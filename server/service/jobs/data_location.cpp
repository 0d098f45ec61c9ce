#include "server/service/jobs/data_location.h"

#include <string>
#include <utility>

#include "server/base/text.h"
#include "server/service/operations/s3_location.h"

namespace plocal::jobs {
namespace {

s3::ObjectName object_name_of(std::string_view url) {
    const auto location = operations::parse_s3_location(url);
    if (!location) throw s3::StoreError("'" + std::string(url) + "' is no URL of the form s3://BUCKET/KEY");
    return {std::string(location->bucket), std::string(location->key)};
}

bool is_wanted(std::string_view name, FolderPart part) {
    if (name.empty() || name.ends_with('/')) return false;
    if (part == FolderPart::all_files) return true;
    constexpr std::string_view ending = ".csv";
    return name.size() > ending.size() && name.find('/') == std::string_view::npos &&
           base::is_same_in_any_case(name.substr(name.size() - ending.size()), ending);
}

}  // namespace

std::vector<s3::ObjectName> find_objects(s3::ObjectStore& store, std::string_view url, FolderPart part,
                                         const s3::Access& access, const InputLimits& limits) {
    const s3::ObjectName location = object_name_of(url);
    const bool may_be_object = !location.key.empty() && !location.key.ends_with('/');
    const std::string folder = may_be_object ? location.key + '/' : location.key;
    InputSize object;
    InputSize size;
    std::vector<s3::ObjectName> objects;
    store.list(
        location,
        [&](const s3::ListedObject& listed) {
            const auto bytes = static_cast<std::int64_t>(listed.size_bytes);
            if (may_be_object && listed.key == location.key) object = {1, bytes};
            if (object.files > 0 || !listed.key.starts_with(folder)) return;
            if (!is_wanted(std::string_view(listed.key).substr(folder.size()), part)) return;
            objects.push_back({location.bucket, listed.key});
            ++size.files;
            size.bytes += bytes;
        },
        access);
    limits.check(location.url(), object.files > 0 ? object : size);
    if (object.files > 0) return {location};
    if (objects.empty()) {
        throw s3::StoreError(location.url() + ": NoSuchKey. No objects found in s3 path " + location.url() +
                             ", please ensure the path is specified correctly.");
    }
    return objects;
}

s3::ObjectName object_in(std::string_view folder_url, std::string_view name) {
    s3::ObjectName object = object_name_of(folder_url);
    if (!object.key.empty() && !object.key.ends_with('/')) object.key += '/';
    object.key += name;
    return object;
}

}  // namespace plocal::jobs
