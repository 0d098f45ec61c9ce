#include "server/service/operations/doubts.h"

#include "server/model/api_error.h"
#include "server/model/languages/avro/schema.h"
#include "server/model/languages/filter/check.h"
#include "server/model/languages/filter/parse.h"
#include "server/service/operations/exploration.h"
#include "server/service/operations/hyperparameters.h"

namespace plocal::operations {
namespace {

using base::Json;
using base::text_member;

template <typename Check>
std::string refusal_of(Check check) {
    try {
        check();
    } catch (const model::ApiError& error) {
        return error.message();
    }
    return {};
}

}  // namespace

std::string doubt_about_schema(const Json& members) {
    const std::string* const text = text_member(members, "schema");
    const std::string* const domain = text_member(members, "domain");
    if (text == nullptr) return {};
    return refusal_of([&] { languages::parse_avro_schema(*text, domain == nullptr ? "" : *domain); });
}

std::string doubt_about_filter(const Json& members) {
    const std::string* const text = text_member(members, "filterExpression");
    if (text == nullptr) return {};
    return refusal_of([&] { languages::check_filter(languages::parse_filter_expression(*text), {}); });
}

std::string doubt_about_solution(const Json& members) {
    if (members.value("performAutoML", false)) return {};
    return refusal_of([&] { check_hyperparameters(members); });
}

std::string doubt_about_recommender(const Json& members) {
    const std::string* const recipe = text_member(members, "recipeArn");
    const Json config = members.value("recommenderConfig", Json());
    return refusal_of([&] { check_item_exploration(config, recipe == nullptr ? "" : *recipe); });
}

std::string doubt_about_campaign(const Json& members) {
    return refusal_of([&] { check_item_exploration(members.value("campaignConfig", Json()), ""); });
}

std::string doubt_about_batch_inference_job(const Json& members) {
    return refusal_of([&] { check_item_exploration(members.value("batchInferenceJobConfig", Json()), ""); });
}

}  // namespace plocal::operations
