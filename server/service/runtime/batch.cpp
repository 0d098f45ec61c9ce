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

PreparedLine::PreparedLine(resources::Context& context, Memory& memory, const BatchSettings& settings,
                           const Json& line) {
    memory.kept.begin_request();
    const Declared none;
    const auto resolved = memory.sources.find_trained(context, settings.solution_version, settings.account);
    const recommender::Recipe* const recipe = resolved->source.settings.recipe;
    const Json input = input_of_line(settings, recipe, line);
    const Request request{.context = context, .memory = memory, .input = input, .declared = none, .batch_of = resolved};
    const bool is_ranking = recipe == nullptr ? input.contains("inputList") : recipe->answers == Answers::ranking;
    if (is_ranking && !input.contains("inputList")) throw refusals::missing_id("itemList", "solution version");
    if (is_ranking) {
        rank(request);
    } else {
        recommend(request, settings.name_column);
    }
}

void PreparedLine::recommend(const Request& request, const std::string& name_column) {
    ingredients_ = Recommendations(request).take_ingredients();
    has_names_ = !name_column.empty();
    const data::Dataset* const items = request.batch_of->group.find("ITEMS");
    const Pool& pool = ingredients_->pool;
    if (!has_names_ || items == nullptr || pool.origin() != Origin::model) return;
    name_column_ = items->columns.find(name_column);
    if (!name_column_) return;
    rows_ = find_row_table(request.memory.kept, request.context, items, pool.key(), pool.ids()).value;
}

void PreparedLine::rank(const Request& request) {
    const Ranking ranking(request);
    ranked_.is_made_up = ranking.pool().origin() == Origin::made_up;
    if (ranking.target().recipe->has_scores) ranked_.scores.emplace();
    for (const Scored& each : ranking.answer()) {
        ranked_.items.push_back(*ranked_ids_.emplace(each.id).first);
        if (ranked_.scores && each.score) ranked_.scores->push_back(*each.score);
    }
}

BatchAnswer PreparedLine::answer() const {
    if (!ingredients_) return ranked_;
    const Pool& pool = ingredients_->pool;
    const std::vector<recommender::Recommendation> chosen = ingredients_->chosen();
    BatchAnswer answer;
    answer.is_made_up = pool.origin() == Origin::made_up;
    if (ingredients_->has_scores) answer.scores.emplace().reserve(chosen.size());
    answer.items.reserve(chosen.size());
    for (const recommender::Recommendation& each : chosen) {
        answer.items.emplace_back(pool.id(each.item));
        if (answer.scores) answer.scores->push_back(each.score);
        if (has_names_) answer.names.push_back(name_of(each.item));
    }
    return answer;
}

std::string PreparedLine::name_of(std::uint32_t item) const {
    if (rows_ == nullptr || *name_column_ >= (*rows_)[item].size()) return {};
    const auto* const name = std::get_if<std::string>(&(*rows_)[item][*name_column_]);
    return name == nullptr ? std::string() : *name;
}

}  // namespace plocal::runtime
