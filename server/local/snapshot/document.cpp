#include "server/local/snapshot/document.h"

#include <utility>

#include "server/service/resources/arn.h"

namespace plocal::snapshot {

using base::Json;

Location Location::below(std::string_view name) const {
    return {source, (Json::json_pointer(pointer) / std::string(name)).to_string()};
}

Location Location::below(std::size_t index) const {
    return {source, pointer + "/" + std::to_string(index)};
}

std::string FixtureProblem::text() const {
    return place.text() + ": " + base::mismatch(expected, found);
}

void add_problems(std::vector<FixtureProblem>& problems, const Location& place, std::vector<base::Problem> found) {
    for (base::Problem& problem : found) {
        problems.push_back(
            {{place.source, place.pointer + problem.pointer}, std::move(problem.expected), std::move(problem.found)});
    }
}

std::optional<Json> parse_document(const Document& document, std::vector<FixtureProblem>& problems) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    std::string_view text = document.text;
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    Json json;
    try {
        json = base::parse_json(text);
    } catch (const base::JsonError& error) {
        problems.push_back({{document.source, ""}, "JSON", error.what()});
        return std::nullopt;
    }
    if (json.is_object()) return json;
    problems.push_back({{document.source, ""}, "an object", base::excerpt(json)});
    return std::nullopt;
}

Json retarget(const Json& document, std::string_view account) {
    if (const auto* const text = document.get_ptr<const std::string*>()) {
        const std::optional<resources::Arn> arn = resources::parse_arn(*text);
        if (!arn || arn->account.empty()) return document;
        std::string changed = *text;
        changed.replace(static_cast<std::size_t>(arn->account.data() - text->data()), arn->account.size(), account);
        return changed;
    }
    Json copy = document;
    if (copy.is_structured()) {
        for (Json& value : copy) value = retarget(value, account);
    }
    return copy;
}

}  // namespace plocal::snapshot
