#include "server/local/snapshot/timestamps.h"

#include <chrono>
#include <cmath>
#include <cstdint>

#include "server/base/iso8601.h"

namespace plocal::snapshot {
namespace {

using base::Json;

constexpr double farthest_seconds = 253'402'300'799.0;  // the end of the year 9999

}  // namespace

std::optional<base::Instant> read_timestamp(const Json& json) {
    if (const auto* const text = json.get_ptr<const std::string*>()) return base::parse_iso8601(*text);
    if (!json.is_number()) return std::nullopt;
    const double seconds = json.get<double>();
    if (std::abs(seconds) > farthest_seconds) return std::nullopt;
    return base::Instant(std::chrono::milliseconds(std::llround(seconds * 1000.0)));
}

void normalize_timestamps(const model::Shape& shape, Json& json, const std::string& pointer,
                          std::vector<base::Problem>& problems) {
    if (shape.type == model::Type::timestamp && !json.is_null()) {
        const std::optional<base::Instant> moment = read_timestamp(json);
        if (moment) {
            json = moment->time_since_epoch().count();
        } else {
            problems.push_back({pointer, std::string(timestamp_form), base::excerpt(json)});
            json = nullptr;
        }
    } else if (json.is_array() && shape.element != nullptr) {
        for (std::size_t i = 0; i < json.size(); ++i) {
            normalize_timestamps(*shape.element, json[i], pointer + "/" + std::to_string(i), problems);
        }
    } else if (json.is_object()) {
        for (auto& [name, value] : json.items()) {
            const model::Member* const member = shape.member(name);
            const model::Shape* const inner = member != nullptr ? member->shape : shape.element;
            if (inner != nullptr)
                normalize_timestamps(*inner, value, (Json::json_pointer(pointer) / name).to_string(), problems);
        }
    }
}

}  // namespace plocal::snapshot
