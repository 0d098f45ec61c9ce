#include "server/service/jobs/attribution_report.h"

#include <chrono>
#include <set>
#include <utility>

#include "server/base/text.h"
#include "server/model/api_error.h"
#include "server/model/languages/metric_expression.h"
#include "server/service/data/row_pages.h"
#include "server/service/data/stored_cells.h"
#include "server/service/jobs/data_location.h"
#include "server/service/jobs/named_resource.h"
#include "server/service/lifecycle/transition.h"
#include "server/service/operations/dataset.h"
#include "server/service/resources/ids.h"
#include "server/service/resources/lookup.h"

namespace plocal::jobs {
namespace {

using base::Json;

constexpr std::int64_t interval_s = 15 * 60;

std::string_view text_of(const data::Row& row, std::optional<std::size_t> column) {
    const auto* const text = column ? std::get_if<std::string>(&row[*column]) : nullptr;
    return text == nullptr ? std::string_view() : std::string_view(*text);
}

double number_of(const data::Row& row, std::optional<std::size_t> column) {
    if (!column) return 0;
    if (const auto* const whole = std::get_if<std::int64_t>(&row[*column])) return static_cast<double>(*whole);
    const auto* const number = std::get_if<double>(&row[*column]);
    return number == nullptr ? 0 : *number;
}

std::int64_t interval_of(std::int64_t time_s) {
    const std::int64_t behind = time_s % interval_s;
    return time_s - (behind < 0 ? behind + interval_s : behind);
}

}  // namespace

std::optional<AttributionReport> AttributionReport::find(resources::Context& context, const data::Dataset& dataset,
                                                         std::string_view mode, base::Instant now) {
    if (dataset.owner.kind != "INTERACTIONS") return std::nullopt;
    for (const storage::Record& record :
         context.store.resources().children(dataset.owner.dataset_group, "metricAttribution")) {
        const Json members = resources::value_of(context, record);
        std::string folder = text_at(members, "/metricsOutputConfig/s3DataDestination/path");
        if (folder.empty() || resources::status_of(context, record) != lifecycle::active) continue;
        const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
        AttributionReport report(
            dataset, std::move(folder),
            "AggregatedAttributionMetrics - " + std::string(mode) + " - " + std::to_string(seconds));
        const auto datasets = operations::datasets_of(context, dataset.owner.dataset_group);
        if (const auto items = datasets.find("ITEMS"); items != datasets.end()) {
            report.items_ = data::dataset_of(context, items->second);
        }
        report.add_metrics(members.value("metrics", Json::array()));
        report.find_sources(context);
        return report;
    }
    return std::nullopt;
}

AttributionReport::AttributionReport(const data::Dataset& dataset, std::string folder, std::string name)
    : dataset_(&dataset), folder_(std::move(folder)), name_(std::move(name)) {}

/// A fixture may have metrics that Create refuses: they are left out.
void AttributionReport::add_metrics(const Json& metrics) {
    for (const Json& each : metrics) {
        try {
            const auto expression = languages::parse_metric_expression(text_at(each, "/expression"));
            Metric metric{.name = text_at(each, "/metricName"),
                          .event_type = text_at(each, "/eventType"),
                          .is_count = expression.is_count,
                          .is_of_items = !expression.is_count && expression.dataset == "ITEMS"};
            const data::Dataset* const summed = !metric.is_of_items ? dataset_ : items_ ? &*items_ : nullptr;
            if (!metric.is_count && summed != nullptr) metric.column = summed->columns.find(expression.column);
            metrics_.push_back(std::move(metric));
        } catch (const model::ApiError&) {
            continue;
        }
    }
}

void AttributionReport::find_sources(resources::Context& context) {
    for (const char* const kind : {"campaign", "recommender"}) {
        for (const storage::Record& record : context.store.resources().all_of(context.scope, kind)) {
            sources_.emplace(resources::source_id(context.settings.plan.seed, record.arn), record.arn);
        }
    }
}

void AttributionReport::add(storage::Store& store, const data::Row& row) {
    const data::Columns& columns = dataset_->columns;
    const std::string_view event_type = text_of(row, columns.event_type());
    for (std::size_t i = 0; i < metrics_.size(); ++i) {
        if (!base::is_same_in_any_case(metrics_[i].event_type, event_type)) continue;
        const std::int64_t interval = interval_of(std::get<std::int64_t>(row[columns.time()]));
        sums_[interval][{i, source_of(row)}] += value_of(store, metrics_[i], row);
    }
}

double AttributionReport::value_of(storage::Store& store, const Metric& metric, const data::Row& row) {
    if (metric.is_count) return 1;
    return metric.is_of_items ? item_value(store, metric, row) : number_of(row, metric.column);
}

double AttributionReport::item_value(storage::Store& store, const Metric& metric, const data::Row& row) {
    if (!metric.column) return 0;
    const std::string_view item = text_of(row, dataset_->columns.item());
    const auto cells = store.rows().find(data::view_of(store, items_->owner), item);
    if (!cells) return 0;
    data::fill(items_->columns, item, *cells, item_);
    return number_of(item_, metric.column);
}

/// The source that an interaction names, or else that of the recommendation that it follows from.
std::string AttributionReport::source_of(const data::Row& row) const {
    constexpr std::size_t digits = 6;
    const data::Columns& columns = dataset_->columns;
    const std::string_view named = text_of(row, columns.find("EVENT_ATTRIBUTION_SOURCE"));
    if (!named.empty()) return std::string(named);
    const std::string_view recommendation = text_of(row, columns.find("RECOMMENDATION_ID"));
    if (recommendation.size() >= digits) {
        const auto found = sources_.find(recommendation.substr(recommendation.size() - digits));
        if (found != sources_.end()) return found->second;
    }
    return "SOURCE_NAME_UNDEFINED";
}

void AttributionReport::write(s3::ObjectStore& objects, const s3::Access& access, Progress& progress) const {
    const auto writer = objects.write(object_in(folder_, free_name(objects, access)), access);
    writer->write("METRIC_NAME,EVENT_TYPE,VALUE,MATH_FUNCTION,EVENT_ATTRIBUTION_SOURCE,TIMESTAMP\n");
    for (const auto& [interval, sums] : sums_) {
        std::string text;
        for (const auto& [of, sum] : sums) {
            const Metric& metric = metrics_[of.first];
            data::append_csv(base::upper(metric.name), text);
            text += ',';
            data::append_csv(base::upper(metric.event_type), text);
            text += ',' + Json(sum).dump() + (metric.is_count ? ",samplecount," : ",sum,");
            data::append_csv(of.second, text);
            text += ',' + std::to_string(interval) + '\n';
        }
        writer->write(text);
    }
    writer->finish();
    ++progress.files;
}

/// Each import writes a file of its own, also where two begin in the same second.
std::string AttributionReport::free_name(s3::ObjectStore& objects, const s3::Access& access) const {
    const s3::ObjectName prefix = object_in(folder_, name_);
    std::set<std::string> taken;
    objects.list(
        prefix, [&](const s3::ListedObject& object) { taken.insert(object.key.substr(prefix.key.size())); }, access);
    std::string ending = ".csv";
    for (int number = 2; taken.contains(ending); ++number) ending = "-" + std::to_string(number) + ".csv";
    return name_ + ending;
}

}  // namespace plocal::jobs
