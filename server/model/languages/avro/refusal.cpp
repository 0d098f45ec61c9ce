#include "server/model/languages/avro/refusal.h"

#include <utility>

#include "server/base/problem.h"

namespace plocal::languages {

void refuse_schema(std::string_view place, std::string_view expected, std::string_view found, std::string_view why,
                   model::Evidence evidence) {
    std::string message = "Invalid schema";
    if (!place.empty()) message.append(" at ").append(place);
    message.append(": ").append(base::mismatch(expected, found)).append(".");
    throw model::ApiError("InvalidInputException", std::move(message), std::string(why), evidence);
}

std::string field_place(std::size_t index, std::string_view member, std::string_view field) {
    std::string place = "/fields/" + std::to_string(index);
    if (!member.empty()) place.append("/").append(member);
    if (!field.empty()) place.append(" (").append(field).append(")");
    return place;
}

}  // namespace plocal::languages
