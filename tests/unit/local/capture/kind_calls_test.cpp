#include "server/local/capture/kind_calls.h"

#include <string>

#include <gtest/gtest.h>

#include "server/model/service.h"

namespace plocal::capture {
namespace {

using resources::kind_named;

TEST(KindCalls, AreOperationsOfTheModel) {
    for (const resources::Kind& kind : resources::kinds()) {
        SCOPED_TRACE(std::string(kind.name));
        const std::string list = list_operation(kind);
        EXPECT_TRUE(list.empty() || model::personalize().operation(list) != nullptr) << list;
        EXPECT_EQ(list.empty(), kind.name == "algorithm" || kind.name == "featureTransformation");
        EXPECT_NE(model::personalize().operation(describe_operation(kind)), nullptr);
    }
}

// Fidelity: documented | Describe of a metric attribution does not have its metrics. ListMetricAttributionMetrics has
//   them | DG/API_MetricAttribution.html; DG/API_ListMetricAttributionMetrics.html
TEST(KindCalls, ListTheMemberThatDescribeDoesNotShowWhereThereIsSuchAList) {
    EXPECT_EQ(hidden_list_operation(kind_named("metricAttribution")), "ListMetricAttributionMetrics");
    EXPECT_EQ(hidden_list_operation(kind_named("recipe")), "") << "the List of recipes itself has it";
    EXPECT_EQ(hidden_list_operation(kind_named("campaign")), "");
}

TEST(KindCalls, ReadTagsOfKindsWhoseCreateTakesThem) {
    for (const char* const kind : {"datasetGroup", "dataset", "solution", "filter", "batchInferenceJob"}) {
        EXPECT_TRUE(has_tags(kind_named(kind))) << kind;
    }
    for (const char* const kind : {"schema", "metricAttribution", "recipe", "algorithm"}) {
        EXPECT_FALSE(has_tags(kind_named(kind))) << kind;
    }
}

}  // namespace
}  // namespace plocal::capture
