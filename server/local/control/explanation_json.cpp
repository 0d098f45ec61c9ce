#include "server/local/control/explanation_json.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "server/base/iso8601.h"
#include "server/local/control/control_error.h"
#include "server/local/control/model_making.h"
#include "server/local/control/service_context.h"
#include "server/local/rules/rule_book.h"
#include "server/local/world/declared.h"
#include "server/model/api_error.h"
#include "server/model/input_check.h"

namespace plocal::control {
namespace {

using base::Json;
using runtime::Explained;
using runtime::Explanation;
using runtime::OutBy;
using world::World;

/// How an operation names what it answers.
struct AnswerNames {
    std::string_view operation;
    const char* list;  // in the response
    const char* id;    // of one of the list
    const char* ids;   // in the question
};

constexpr AnswerNames answer_names[] = {
    {"GetRecommendations", "itemList", "itemId", "itemIds"},
    {"GetPersonalizedRanking", "personalizedRanking", "itemId", "itemIds"},
    {"GetActionRecommendations", "actionList", "actionId", "actionIds"},
};

const AnswerNames& names_of(const model::Operation& operation) {
    return *std::ranges::find(answer_names, operation.name, &AnswerNames::operation);
}

bool is_list_of_texts(const Json& value) {
    return value.is_array() && std::ranges::all_of(value, [](const Json& each) { return each.is_string(); });
}

std::string_view read_question_member(Question& question, std::string_view name, const Json& value) {
    if (name == "operation") {
        if (value.is_string()) question.operation = model::personalize_runtime().operation(value.get<std::string>());
        return question.operation == nullptr ? "an operation of Personalize Runtime" : "";
    }
    if (name == "input") {
        question.input = value;
        return value.is_object() ? "" : "an object";
    }
    if (!is_list_of_texts(value)) return "a list of ids";
    question.ids = value.get<std::vector<std::string>>();
    return "";
}

/// The rule that the request would fire, and what it does.
class FiredRule {
public:
    FiredRule(World& world, const Question& question) {
        const std::string account = question.scope.account.value_or("");
        const std::string region = question.scope.region.value_or("");
        rule_ = rules::peek(world.tenants().rules.find(account), world.tenants().rules.of(""),
                            {question.operation->name, account, region, question.input})
                    .rule;
    }

    Json id() const { return rule_ ? Json(rule_->id) : Json(); }
    const rules::Effects* effects() const { return rule_ ? &rule_->effects : nullptr; }

    void refuse() const {
        if (!rule_ || !rule_->effects.error) return;
        const rules::ErrorEffect& error = *rule_->effects.error;
        throw ControlError(error.status_in(model::personalize_runtime()), error.message,
                           ControlError::Name{error.type});
    }

    runtime::Declared declared() const { return world::declared_by(rule_.get()); }

private:
    std::shared_ptr<rules::Rule> rule_;
};

Json optional_json(const auto& value) {
    return value ? Json(*value) : Json();
}

Json to_json(const OutBy& out_by) {
    return {{"what", out_by.what},
            {"filterArn", optional_json(out_by.filter_arn)},
            {"expression", optional_json(out_by.expression)},
            {"because", out_by.because}};
}

Json to_json(const Explained& item, const char* id) {
    return {{id, item.id},
            {"score", optional_json(item.score)},
            {"rank", optional_json(item.rank)},
            {"place", optional_json(item.place)},
            {"promotion", optional_json(item.promotion)},
            {"outBy", item.out_by ? to_json(*item.out_by) : Json()}};
}

/// Replaces what is answered by the list of a response that a rule has given or changed.
void follow_rule(const Json& response, const AnswerNames& names, std::vector<Explained>& items) {
    std::vector<Explained> result;
    const auto list = response.find(names.list);
    if (list != response.end() && list->is_array()) {
        for (const Json& each : *list) {
            const std::string* const id = base::text_member(each, names.id);
            if (id == nullptr) continue;
            const auto known = std::ranges::find(items, *id, &Explained::id);
            Explained item = known == items.end() ? Explained{.id = *id} : *known;
            item.score = each.contains("score") && each["score"].is_number()
                             ? std::optional(each["score"].get<double>())
                             : std::nullopt;
            const std::string* const promotion = base::text_member(each, "promotionName");
            item.promotion = promotion == nullptr ? std::nullopt : std::optional(*promotion);
            item.place = result.size() + 1;
            item.out_by.reset();
            result.push_back(std::move(item));
        }
    }
    for (Explained& item : items) {
        if (std::ranges::find(result, item.id, &Explained::id) != result.end()) continue;
        if (item.place) item.out_by = OutBy{.what = "rule", .because = "the rule leaves it out"};
        item.place.reset();
        item.promotion.reset();
        result.push_back(std::move(item));
    }
    items = std::move(result);
}

Json model_json(const std::optional<runtime::ModelFacts>& facts) {
    if (!facts) return {};
    return facts_json(*facts, facts->is_recommender ? "recommenderArn" : "solutionVersionArn");
}

Json answer_json(const Question& question, const FiredRule& rule, Explanation explanation) {
    const AnswerNames& names = names_of(*question.operation);
    if (const rules::Effects* const effects = rule.effects(); effects != nullptr && effects->merge) {
        Json response = explanation.body;
        response.merge_patch(*effects->merge);
        follow_rule(response, names, explanation.items);
    }
    Json items = Json::array();
    for (const Explained& item : explanation.items) items.push_back(to_json(item, names.id));
    return {{"operation", question.operation->name},
            {"recipe", explanation.recipe.empty() ? Json() : Json(explanation.recipe)},
            {"rule", rule.id()},
            {"model", model_json(explanation.model)},
            {"notes", explanation.notes},
            {"items", std::move(items)}};
}

/// Explains a response that a rule gives in the operation's place.
Explanation given_by(const Json& response, const Question& question) {
    Explanation explanation;
    for (const std::string& id : question.ids) {
        explanation.items.push_back(
            {.id = id, .out_by = OutBy{.what = "unknown", .because = "the rule does not name it"}});
    }
    follow_rule(response, names_of(*question.operation), explanation.items);
    return explanation;
}

}  // namespace

Question read_question(const ControlCall& call) {
    static const std::vector<std::string> known = {"operation", "input", "itemIds", "actionIds"};
    Question question{.input = Json::object()};
    std::vector<base::Problem> problems;
    const Json body = call.json();
    base::read_members(body, known, "is none of a question", problems, [&](std::string_view name, const Json& value) {
        return read_question_member(question, name, value);
    });
    if (problems.empty() && question.operation == nullptr) {
        problems.push_back({"/operation", "an operation of Personalize Runtime", "none"});
    }
    for (const AnswerNames& names : answer_names) {
        const bool is_other = problems.empty() && names.ids != names_of(*question.operation).ids;
        if (is_other && body.contains(names.ids)) {
            problems.push_back({std::string("/") + names.ids, names_of(*question.operation).ids, names.ids});
        }
    }
    refuse_problems(problems);
    if (!call.account.empty()) question.scope.account = call.account;
    question.scope.region = call.parameter("region");
    return question;
}

std::variant<Json, RealTime> answer_to(World& world, const Question& question, RealTime now, bool is_stopping) {
    try {
        const FiredRule rule(world, question);
        rule.refuse();
        if (rule.effects() != nullptr && rule.effects()->output) {
            return answer_json(question, rule, given_by(rule.effects()->output->value, question));
        }
        model::check_input(*question.operation, question.input);
        ServiceContext service(world, *question.operation, question.scope);
        auto explanation =
            made(world, world.runtime().explain(service.context(), question.input, rule.declared(), question.ids), now,
                 is_stopping);
        if (const auto* const later = std::get_if<RealTime>(&explanation)) return *later;
        return answer_json(question, rule, std::get<Explanation>(std::move(explanation)));
    } catch (const model::ApiError& error) {
        const bool is_open = error.status() == 400;
        throw ControlError(is_open ? model::personalize_runtime().status_of(error.name()) : error.status(),
                           error.message(), ControlError::Name{error.name()});
    }
}

Json facts_json(const runtime::ModelFacts& facts, const char* arn_member) {
    return {{arn_member, facts.arn},
            {"trainedAt", base::iso8601(facts.training.at)},
            {"revision", facts.training.revision},
            {"interactions", facts.interactions},
            {"users", facts.users},
            {"items", facts.items}};
}

}  // namespace plocal::control
