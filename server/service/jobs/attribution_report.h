// The report of a metric attribution on the interactions of an import: sums of each metric by the source of the
// recommendation and by a quarter of an hour. Its memory grows with the time that the interactions span, not with
// their number.
// https://docs.aws.amazon.com/personalize/latest/dg/metric-attribution-results-s3.html
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "server/base/instant.h"
#include "server/base/json.h"
#include "server/service/data/cell.h"
#include "server/service/data/dataset.h"
#include "server/service/jobs/job.h"
#include "server/service/resources/context.h"
#include "server/service/s3/object_store.h"
#include "storage/store.h"

namespace plocal::jobs {

class AttributionReport {
public:
    /// Returns the report for an import into a dataset at a moment: nothing where its group has no ACTIVE metric
    /// attribution with an output path, and where the dataset is not one of item interactions. `mode` becomes a part of
    /// its name. The dataset must outlive it. Inside a world task; throws SqlError.
    static std::optional<AttributionReport> find(resources::Context& context, const data::Dataset& dataset,
                                                 std::string_view mode, base::Instant now);

    /// Adds an interaction. On the thread that owns the store, which the values of items are read from. Throws
    /// SqlError.
    void add(storage::Store& store, const data::Row& row);

    /// Writes the report as a new object, whole or not at all. Throws s3::StoreError and s3::Aborted.
    void write(s3::ObjectStore& objects, const s3::Access& access, Progress& progress) const;

private:
    struct Metric {
        std::string name;
        std::string event_type;
        bool is_count = false;
        bool is_of_items = false;
        std::optional<std::size_t> column = {};  // to be summed; nothing where the dataset has no such column
    };

    AttributionReport(const data::Dataset& dataset, std::string folder, std::string name);

    void add_metrics(const base::Json& metrics);
    void find_sources(resources::Context& context);
    double value_of(storage::Store& store, const Metric& metric, const data::Row& row);
    double item_value(storage::Store& store, const Metric& metric, const data::Row& row);
    std::string source_of(const data::Row& row) const;
    std::string free_name(s3::ObjectStore& objects, const s3::Access& access) const;

    const data::Dataset* dataset_;
    std::optional<data::Dataset> items_;
    std::string folder_;
    std::string name_;  // without ".csv"
    std::vector<Metric> metrics_;
    std::map<std::string, std::string, std::less<>> sources_;  // ARNs by the end of the recommendation ids
    data::Row item_;

    /// Sums by the beginning of a quarter of an hour, metric and source; the latest come first.
    std::map<std::int64_t, std::map<std::pair<std::size_t, std::string>, double>, std::greater<>> sums_;
};

}  // namespace plocal::jobs
