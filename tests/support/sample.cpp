#include "tests/support/sample.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>

namespace plocal::support {
namespace {

using base::Json;
using model::Member;
using model::Shape;
using model::Type;

/// A prefix and a suffix between which any number of `filling` characters matches the pattern of one shape.
struct Sample {
    std::string_view before;
    char filling = 'a';
    std::string_view after;
};

Sample sample_of(const Shape& shape) {
    static const std::map<std::string_view, Sample> samples = {
        {"Arn", {"arn:aws:personalize:us-east-1:000000000000:", 'a', ""}},
        {"KmsKeyArn", {"arn:aws:kms:us-east-1:000000000000:key/", 'a', ""}},
        {"RoleArn", {"arn:aws:iam::000000000000:role/", 'a', ""}},
        {"S3Location", {"s3://bucket/", 'a', ""}},
        {"SchedulingExpression", {"rate(", '7', " days)"}},
    };
    const auto found = samples.find(shape.name);
    return found == samples.end() ? Sample{} : found->second;
}

enum class Extent { least, full };

std::size_t count_of(const Shape& shape, Extent extent) {
    const auto least = static_cast<std::size_t>(shape.min.value_or(0));
    return extent == Extent::full ? std::max<std::size_t>(least, 1) : least;
}

Json value_of(const Shape& shape, Extent extent);

Json structure_of(const Shape& shape, Extent extent) {
    Json structure = Json::object();
    for (const Member& member : shape.members) {
        if (member.required || extent == Extent::full) structure[member.name] = value_of(*member.shape, extent);
    }
    return structure;
}

Json map_of(const Shape& shape, Extent extent) {
    Json entries = Json::object();
    for (std::size_t i = 1; i <= count_of(shape, extent); ++i) {
        entries[text_of(*shape.key, i)] = value_of(*shape.element, extent);
    }
    return entries;
}

Json value_of(const Shape& shape, Extent extent) {
    switch (shape.type) {
        case Type::structure:
            return structure_of(shape, extent);
        case Type::map:
            return map_of(shape, extent);
        case Type::list:
            return Json::array_t(count_of(shape, extent), value_of(*shape.element, extent));
        case Type::string:
            return text_of(shape, static_cast<std::size_t>(std::max(1.0, shape.min.value_or(1))));
        case Type::integer:
            return static_cast<std::int64_t>(shape.min.value_or(shape.max.value_or(1)));
        case Type::floating:
            return shape.min.value_or(shape.max.value_or(0.5));
        case Type::timestamp:
            return 1700000000;
        case Type::boolean:
            return true;
    }
    return nullptr;
}

}  // namespace

Json valid_input(const Shape& shape) {
    return value_of(shape, Extent::least);
}

Json full_input(const Shape& shape) {
    return value_of(shape, Extent::full);
}

std::string text_of(const Shape& shape, std::size_t length) {
    if (!shape.values.empty()) return shape.values.front();
    const Sample sample = sample_of(shape);
    const std::size_t fixed = sample.before.size() + sample.after.size();
    const std::size_t filling = length > fixed ? length - fixed : (fixed == 0 ? 0 : 1);
    return std::string(sample.before) + std::string(filling, sample.filling) + std::string(sample.after);
}

}  // namespace plocal::support
