#include "server/model/timestamps.h"

#include <chrono>
#include <cmath>
#include <cstddef>

#include "server/base/iso8601.h"
#include "server/model/trail.h"

namespace plocal::model {
namespace {

using base::Json;

constexpr double farthest_seconds = 253'402'300'799.0;  // the end of the year 9999

void normalize(const Shape& shape, Json& json, const Trail& trail, std::vector<base::Problem>& problems) {
    if (shape.type == Type::timestamp && !json.is_null()) {
        const std::optional<base::Instant> moment = read_timestamp(json);
        if (moment) {
            json = moment->time_since_epoch().count();
        } else {
            problems.push_back({trail.pointer(), std::string(timestamp_form), base::excerpt(json)});
            json = nullptr;
        }
    } else if (json.is_array() && shape.element != nullptr) {
        std::size_t index = 0;
        for (Json& element : json) normalize(*shape.element, element, {&trail, {}, index++, true}, problems);
    } else if (json.is_object()) {
        for (auto& [name, value] : json.get_ref<Json::object_t&>()) {
            const Member* const member = shape.member(name);
            const Shape* const inner = member != nullptr ? member->shape : shape.element;
            if (inner != nullptr) normalize(*inner, value, {&trail, name}, problems);
        }
    }
}

}  // namespace

std::optional<base::Instant> read_timestamp(const Json& json) {
    if (const auto* const text = json.get_ptr<const std::string*>()) return base::parse_iso8601(*text);
    if (!json.is_number()) return std::nullopt;
    const double seconds = json.get<double>();
    if (std::abs(seconds) > farthest_seconds) return std::nullopt;
    return base::Instant(std::chrono::milliseconds(std::llround(seconds * 1000.0)));
}

void normalize_timestamps(const Shape& shape, Json& json, std::vector<base::Problem>& problems) {
    normalize(shape, json, {}, problems);
}

}  // namespace plocal::model
