#include "server/service/operations/metric_attribution.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "server/base/json.h"
#include "server/model/languages/metric_expression.h"
#include "server/service/lifecycle/timeline_change.h"
#include "server/service/lifecycle/timeline_state.h"
#include "server/service/operations/dataset.h"
#include "server/service/operations/group_columns.h"
#include "server/service/operations/s3_location.h"
#include "server/service/resources/describe.h"
#include "server/service/resources/life.h"
#include "server/service/resources/resource_view.h"
#include "server/service/resources/update.h"

namespace plocal::operations {

namespace {

using base::Json;
using base::text_member;
using model::ApiError;
using model::Evidence;
using resources::Context;
using resources::Creation;
using resources::invalid_input;
using resources::Kind;
using resources::kind_named;
using resources::list_all;
using resources::Output;
using storage::Record;

constexpr std::size_t most_metrics = 10;

const Kind& attribution_kind() {
    static const Kind& kind = kind_named("metricAttribution");
    return kind;
}

/// The column of a sum must be numeric. Without a known schema, the check passes.
void check_column(Context& context, const std::string& group, const languages::MetricExpression& expression) {
    if (expression.is_count) return;
    const auto datasets = datasets_of(context, group);
    const auto dataset = datasets.find(expression.dataset);
    const auto columns = dataset == datasets.end() ? std::nullopt : columns_of(context, dataset->second);
    if (!columns) return;
    const languages::Column* const column = columns->column(expression.column);
    if (column != nullptr && is_numeric(*column)) return;
    throw invalid_input("The column " + expression.column + " in the metric expression is not a numeric column of " +
                            dataset->second.arn,
                        "SUM needs a numeric column of Items or Interactions", Evidence::documented);
}

/// Appends a metric. Names must be unique.
void add_metric(Context& context, const std::string& group, Json& metrics, const Json& metric) {
    check_column(context, group, languages::parse_metric_expression(*text_member(metric, "expression")));
    const std::string& name = *text_member(metric, "metricName");
    const bool is_taken =
        std::ranges::any_of(metrics, [&name](const Json& other) { return *text_member(other, "metricName") == name; });
    if (is_taken) {
        throw ApiError("InvalidInputException", "Duplicate metric name: " + name, "metric names must be unique",
                       Evidence::inferred);
    }
    metrics.push_back(metric);
    if (metrics.size() > most_metrics) {
        throw invalid_input("A metric attribution can have at most " + std::to_string(most_metrics) + " metrics.",
                            "a metric attribution has at most ten metrics", Evidence::documented);
    }
}

/// Returns true if a metric sums a column of a dataset of this type. An invalid expression, which only a fixture can
/// have, sums none.
bool sums_a_column_of(const std::string& text, std::string_view type) {
    try {
        const languages::MetricExpression expression = languages::parse_metric_expression(text);
        return !expression.is_count && expression.dataset == type;
    } catch (const ApiError&) {
        return false;
    }
}

void check_output(const Json& config) {
    const Json destination = config.value("s3DataDestination", Json::object());
    const std::string* const path = text_member(destination, "path");
    if (path != nullptr) require_s3_location(*path, "Invalid S3 output path", "metricsOutputConfig");
}

void remove_metric(Json& metrics, const std::string& name) {
    const auto found = std::ranges::find_if(
        metrics, [&name](const Json& metric) { return *text_member(metric, "metricName") == name; });
    if (found == metrics.end()) {
        throw invalid_input("The given metric does not exist: " + name, "the attribution has no metric of this name",
                            Evidence::inferred);
    }
    metrics.erase(found);
}

}  // namespace

void complete_metric_attribution(Creation& creation) {
    const std::string& group = creation.refer("datasetGroupArn")->reference.arn;
    Json metrics = Json::array();
    for (const Json& metric : creation.input.at("metrics")) add_metric(creation.context, group, metrics, metric);
    creation.document["metrics"] = std::move(metrics);
    check_output(creation.input.at("metricsOutputConfig"));
}

bool metric_attribution_uses(Context& context, const Record& attribution, const Record& dataset) {
    const std::string type = dataset.arn.substr(dataset.arn.rfind('/') + 1);
    if (type == "INTERACTIONS") return true;
    const Json metrics = value_of(context, attribution).value("metrics", Json::array());
    return std::ranges::any_of(metrics, [&type](const Json& metric) {
        const std::string* const text = text_member(metric, "expression");
        return text != nullptr && sums_a_column_of(*text, type);
    });
}

Output update_metric_attribution(Context& context, const Json& input) {
    Record record = find_named(context, attribution_kind(), input);
    require_stable(context, attribution_kind(), record, {lifecycle::active});
    Json members = value_of(context, record);
    Json& metrics = members["metrics"];
    if (!metrics.is_array()) metrics = Json::array();
    for (const Json& name : input.value("removeMetrics", Json::array()))
        remove_metric(metrics, name.get<std::string>());
    for (const Json& metric : input.value("addMetrics", Json::array()))
        add_metric(context, record.parent, metrics, metric);
    if (const Json config = input.value("metricsOutputConfig", Json()); config.is_object()) {
        check_output(config);
        members["metricsOutputConfig"] = config;
    }
    record.document = document_of(attribution_kind(), std::move(members));
    const base::Instant now = context.readings.now_of(record.owner.account);
    lifecycle::touch(record.timeline, now);
    resources::save_life(context.store, resources::life_rules(context), record, now);
    return Json{{"metricAttributionArn", record.arn}};
}

Output list_metric_attribution_metrics(Context& context, const Json& input) {
    const std::string* const arn = text_member(input, attribution_kind().arn_member);
    if (arn == nullptr) {
        throw invalid_input("metricAttributionArn must not be null.",
                            "the request does not identify the metric attribution", Evidence::inferred);
    }
    const auto record = find_visible(context, attribution_kind(), *arn);
    if (!record) {  // this operation does not declare ResourceNotFoundException
        throw invalid_input(missing_message(attribution_kind(), *arn),
                            kind_message("no such ", attribution_kind(), " is visible to the caller"),
                            Evidence::inferred);
    }
    return list_all("metrics", "metrics\n" + *arn, value_of(context, *record).value("metrics", Json::array()), input);
}

}  // namespace plocal::operations
