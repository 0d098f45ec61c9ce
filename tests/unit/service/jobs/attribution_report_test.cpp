#include "server/service/jobs/attribution_report.h"

#include <gmock/gmock.h>

#include "server/service/resources/ids.h"
#include "tests/unit/service/jobs/transfers.h"

namespace plocal::jobs {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::string report_header = "METRIC_NAME,EVENT_TYPE,VALUE,MATH_FUNCTION,EVENT_ATTRIBUTION_SOURCE,TIMESTAMP\n";
const std::string views =
    "USER_ID,ITEM_ID,TIMESTAMP,EVENT_TYPE,EVENT_VALUE,DEVICE,RECOMMENDATION_ID,EVENT_ATTRIBUTION_SOURCE\n"
    "u,a,900,Watch,,,,home\n"
    "u,b,1799,watch,,,,home\n"
    "u,c,1800,watch,2.5,,,\n"
    "u,a,1801,click,,,,home\n";

class AttributionReports : public Transfers {
protected:
    AttributionReports() {
        put("items.csv", "ITEM_ID,GENRES,PRICE\na,,1.5\nb,,2\nc,,\n");
        import("items", "ITEMS", "items.csv");
    }

    void create_attribution(const std::string& path) {
        const Answer answer = world_.call(
            "CreateMetricAttribution",
            {{"name", "films"},
             {"datasetGroupArn", arn("dataset-group/films")},
             {"metrics",
              {{{"metricName", "views"}, {"eventType", "watch"}, {"expression", "SAMPLECOUNT()"}},
               {{"metricName", "prices"}, {"eventType", "watch"}, {"expression", "SUM(Items.PRICE)"}},
               {{"metricName", "values"}, {"eventType", "watch"}, {"expression", "SUM(Interactions.EVENT_VALUE)"}}}},
             {"metricsOutputConfig",
              {{"roleArn", "arn:aws:iam::000000000000:role/personalize"}, {"s3DataDestination", {{"path", path}}}}}});
        ASSERT_EQ(answer.status, 200) << answer.text;
        run();
    }

    std::string import_views(const std::string& name, const std::string& csv = views) {
        put("views.csv", csv);
        return import(name, "INTERACTIONS", "views.csv", {{"publishAttributionMetricsToS3", true}});
    }

    std::string only_report() {
        std::vector<std::string> found = objects("reports/");
        if (found.size() != 1) return std::to_string(found.size()) + " reports";
        return content(found[0].substr(0, found[0].rfind(' ')));
    }
};

// Fidelity: documented | An import of interactions that publishes writes the metrics of each quarter of an hour and
//   source to the path of the metric attribution |
//   https://docs.aws.amazon.com/personalize/latest/dg/metric-attribution-results-s3.html
TEST_F(AttributionReports, HaveTheSumsOfEachIntervalAndSource) {
    create_attribution("s3://bucket/reports");
    EXPECT_EQ(import_views("one"), "ACTIVE");
    EXPECT_EQ(only_report(), report_header +
                                 "VIEWS,WATCH,1.0,samplecount,SOURCE_NAME_UNDEFINED,1800\n"
                                 "PRICES,WATCH,0.0,sum,SOURCE_NAME_UNDEFINED,1800\n"
                                 "VALUES,WATCH,2.5,sum,SOURCE_NAME_UNDEFINED,1800\n"
                                 "VIEWS,WATCH,2.0,samplecount,home,900\n"
                                 "PRICES,WATCH,3.5,sum,home,900\n"
                                 "VALUES,WATCH,0.0,sum,home,900\n");
    EXPECT_THAT(objects("reports/").front(), testing::StartsWith("reports/AggregatedAttributionMetrics - FULL - "));
}

TEST_F(AttributionReports, NameTheCampaignOfARecommendation) {
    world_.load({{"campaigns", {{{"campaignArn", arn("campaign/films")}}}}});
    create_attribution("s3://bucket/reports/");
    const std::string id = resources::recommendation_id({}, arn("campaign/films"));
    EXPECT_EQ(import_views("one", views.substr(0, views.find('\n') + 1) + "u,a,900,watch,,," + id + ",\n"), "ACTIVE");
    EXPECT_THAT(only_report(), HasSubstr("VIEWS,WATCH,1.0,samplecount," + arn("campaign/films") + ",900\n"));
}

TEST_F(AttributionReports, AreNewFilesEachTime) {
    create_attribution("s3://bucket/reports");
    create_import("one", "INTERACTIONS", "views.csv", {{"publishAttributionMetricsToS3", true}});
    create_import("two", "INTERACTIONS", "views.csv", {{"publishAttributionMetricsToS3", true}});
    put("views.csv", views);
    run();
    EXPECT_EQ(outcome(import_job("two")), "ACTIVE");
    EXPECT_THAT(objects("reports/"), SizeIs(2));
}

TEST_F(AttributionReports, AreWrittenWhereTheyAreAskedForAlone) {
    EXPECT_EQ(import_views("without-attribution"), "ACTIVE");
    create_attribution("s3://bucket/reports");
    EXPECT_EQ(import("unasked", "INTERACTIONS", "views.csv"), "ACTIVE");
    EXPECT_THAT(objects("reports/"), IsEmpty());
}

TEST_F(AttributionReports, FailTheImportWhereTheyCannotBeWritten) {
    create_attribution("s3://no-such-bucket/reports");
    EXPECT_THAT(import_views("one"), HasSubstr("NoSuchBucket"));
    EXPECT_THAT(rows("INTERACTIONS"), IsEmpty());
}

}  // namespace
}  // namespace plocal::jobs
