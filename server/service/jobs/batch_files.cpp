#include "server/service/jobs/batch_files.h"

#include <map>
#include <utility>

#include "server/service/operations/s3_location.h"

namespace plocal::jobs {
namespace {

constexpr std::string_view check_name = "_CHECK";
constexpr std::string_view output_suffix = ".out";

std::string_view base_name(std::string_view key) {
    return key.substr(key.rfind('/') + 1);
}

s3::ObjectName object_in_folder(const s3::ObjectName& folder, std::string_view name) {
    s3::ObjectName object = folder;
    if (!object.key.empty() && !object.key.ends_with('/')) object.key += '/';
    object.key += name;
    return object;
}

/// Whether a job with this output folder could have written the object.
bool is_output(const s3::ObjectName& object, const s3::ObjectName& folder) {
    const std::string_view name = base_name(object.key);
    if (name != check_name && !name.ends_with(output_suffix)) return false;
    return object.bucket == folder.bucket && object_in_folder(folder, name).key == object.key;
}

}  // namespace

s3::ObjectName object_named(std::string_view url) {
    const auto location = operations::parse_s3_location(url);
    if (!location) throw s3::StoreError("not an S3 path: " + std::string(url));
    return {std::string(location->bucket), std::string(location->key)};
}

void write_check(s3::ObjectStore& objects, const s3::ObjectName& output, const s3::Access& access) {
    objects.write(object_in_folder(output, check_name), access)->finish();
}

std::vector<BatchFile> find_batch_files(s3::ObjectStore& objects, const s3::ObjectName& input,
                                        const s3::ObjectName& output, const s3::Access& access,
                                        const InputLimits& limits) {
    std::vector<BatchFile> files;
    InputSize size;
    std::map<std::string, std::string> inputs;  // by the key of their output
    const auto take = [&](const s3::ListedObject& listed) {
        s3::ObjectName object{input.bucket, listed.key};
        if (listed.key.ends_with('/') || is_output(object, output)) return;
        s3::ObjectName out = object_in_folder(output, std::string(base_name(listed.key)).append(output_suffix));
        const auto [other, is_new] = inputs.try_emplace(out.key, listed.key);
        if (!is_new) {
            throw s3::StoreError(out.url() + " would be the output of both " +
                                 s3::ObjectName{input.bucket, other->second}.url() + " and " + object.url());
        }
        files.push_back({std::move(object), std::move(out)});
        ++size.files;
        size.bytes += static_cast<std::int64_t>(listed.size_bytes);
    };
    objects.list(input, take, access);
    if (files.empty()) throw s3::StoreError(input.url() + ": there is no object whose key begins with this");
    limits.check(input.url(), size);
    return files;
}

}  // namespace plocal::jobs
