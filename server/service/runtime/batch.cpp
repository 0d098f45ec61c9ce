#include "server/service/runtime/batch.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "server/service/runtime/ranking.h"
#include "server/service/runtime/recommendations.h"
#include "server/service/runtime/refusals.h"
#include "server/service/runtime/row_table.h"

namespace plocal::runtime {
namespace {

using base::Json;
using recommender::Answers;

bool is_list_of_texts(const Json& value) {
    if (!value.is_array() || value.empty()) return false;
    return std::ranges::all_of(value, [](const Json& element) { return element.is_string(); });
}

bool is_map_of_texts(const Json& value) {
    return value.is_object() && std::ranges::all_of(value, [](const Json& element) { return element.is_string(); });
}

/// Copies a member of the line that is not null. Throws where it has another type.
void take_member(const Json& line, const char* from, const char* to, bool (*fits)(const Json&), const char* expected,
                 Json& input) {
    const auto found = line.find(from);
    if (found == line.end() || found->is_null()) return;
    if (!fits(*found)) throw refusals::bad_member(from, expected);
    input[to] = *found;
}

std::vector<std::string> names_of(const Request& request, const Pool& pool, const std::string& column,
                                  const std::vector<std::string>& items) {
    std::vector<std::string> names(items.size());
    const data::Dataset* const dataset = request.batch_of->group.find("ITEMS");
    const auto index = dataset == nullptr ? std::nullopt : dataset->columns.find(column);
    if (pool.origin() != Origin::model || !index) return names;
    const auto rows = find_row_table(request.memory.kept, request.context, dataset, pool.key(), pool.ids()).value;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const data::Row& row = (*rows)[*pool.find(items[i])];
        const auto* const name = *index < row.size() ? std::get_if<std::string>(&row[*index]) : nullptr;
        if (name != nullptr) names[i] = *name;
    }
    return names;
}

template <typename Answer>
BatchAnswer answer_with(const Request& request, const std::string& name_column = {}) {
    const Answer answer(request);
    BatchAnswer result;
    result.is_made_up = answer.pool().origin() == Origin::made_up;
    if (answer.target().recipe->has_scores) result.scores.emplace();
    for (const Scored& each : answer.answer()) {
        result.items.emplace_back(each.id);
        if (result.scores && each.score) result.scores->push_back(*each.score);
    }
    if (!name_column.empty()) result.names = names_of(request, answer.pool(), name_column, result.items);
    return result;
}

}  // namespace

BatchSettings batch_settings(const storage::Record& record) {
    const Json document = base::parse_json(record.document);
    const auto text = [](const Json& holder, const char* member) {
        const std::string* const found = base::text_member(holder, member);
        return found == nullptr ? std::string() : *found;
    };
    BatchSettings settings{.solution_version = text(document, "solutionVersionArn"),
                           .account = record.owner.account,
                           .filter_arn = text(document, "filterArn")};
    const auto count = document.find("numResults");
    if (count != document.end() && count->is_number_integer()) {
        settings.count = static_cast<std::size_t>(std::max<std::int64_t>(count->get<std::int64_t>(), 0));
    }
    if (text(document, "batchInferenceJobMode") == "THEME_GENERATION") {
        const Json none = Json::object();
        const Json config = document.value("themeGenerationConfig", none);
        settings.name_column = text(config.value("fieldsForThemeGeneration", none), "itemName");
    }
    return settings;
}

Json input_of_line(const BatchSettings& settings, const recommender::Recipe* recipe, const Json& line) {
    const auto is_text = [](const Json& value) { return value.is_string(); };
    const bool is_segment = recipe == nullptr || recipe->method == recommender::Method::segment;
    Json input = {{"numResults", settings.count}};
    take_member(line, "userId", "userId", is_text, "a string", input);
    if (is_segment || recipe->needs_item) take_member(line, "itemId", "itemId", is_text, "a string", input);
    if (is_segment) take_member(line, "itemAttributes", "itemAttributes", is_text, "a string", input);
    if (recipe == nullptr || recipe->answers == Answers::ranking) {
        take_member(line, "itemList", "inputList", is_list_of_texts, "a list of strings that is not empty", input);
    }
    if (settings.filter_arn.empty()) return input;
    input["filterArn"] = settings.filter_arn;
    take_member(line, "filterValues", "filterValues", is_map_of_texts, "an object of strings", input);
    return input;
}

BatchAnswer answer_line(resources::Context& context, Memory& memory, const BatchSettings& settings, const Json& line) {
    memory.kept.begin_request();
    const Declared none;
    const auto resolved = memory.sources.find_trained(context, settings.solution_version, settings.account);
    const recommender::Recipe* const recipe = resolved->source.settings.recipe;
    const Json input = input_of_line(settings, recipe, line);
    const Request request{.context = context, .memory = memory, .input = input, .declared = none, .batch_of = resolved};
    const bool is_ranking = recipe == nullptr ? input.contains("inputList") : recipe->answers == Answers::ranking;
    if (!is_ranking) return answer_with<Recommendations>(request, settings.name_column);
    if (!input.contains("inputList")) throw refusals::missing_id("itemList", "solution version");
    return answer_with<Ranking>(request);
}

}  // namespace plocal::runtime
