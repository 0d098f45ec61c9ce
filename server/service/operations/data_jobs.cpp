#include "server/service/operations/data_jobs.h"

#include <string>

#include "server/base/json.h"
#include "server/base/random.h"
#include "server/service/operations/s3_location.h"

namespace plocal::operations {

using base::Json;
using base::text_member;
using resources::Creation;

void complete_dataset_import_job(Creation& creation) {
    creation.set_default("importMode", "FULL");
}

void complete_dataset_export_job(Creation& creation) {
    const std::string dataset = creation.refer("datasetArn")->reference.arn;
    const std::string type = dataset.substr(dataset.rfind('/') + 1);
    if (type == "ACTIONS" || type == "ACTION_INTERACTIONS") {
        throw resources::invalid_input("You can't export a dataset of type: " + type,
                                       "datasets of actions and of action interactions cannot be exported",
                                       model::Evidence::documented);
    }
    creation.set_default("ingestionMode", "PUT");
}

void complete_data_deletion_job(Creation& creation) {
    // Work counts what it deletes.
    if (creation.context.plans.does_work(creation.kind.name)) return;
    constexpr int most_deleted = 1'000;
    const double fraction = base::random_fraction(
        {creation.context.settings.plan.seed, creation.owner.account, creation.kind.name, creation.name, 0});
    creation.document["numDeleted"] = 1 + static_cast<int>(fraction * most_deleted);
}

void check_data_location(Creation& creation) {
    const std::string* const location = text_member(creation.input.at("dataSource"), "dataLocation");
    if (location != nullptr) require_s3_location(*location, "Invalid Data location.", "dataSource");
}

void check_export_location(Creation& creation) {
    const Json& destination = creation.input.at("jobOutput").at("s3DataDestination");
    require_s3_location(*text_member(destination, "path"), "Invalid S3 output path", "jobOutput");
}

}  // namespace plocal::operations
