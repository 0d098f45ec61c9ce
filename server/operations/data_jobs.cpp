#include "server/operations/data_jobs.h"

#include <string>

#include "server/lifecycle/draw.h"
#include "server/operations/s3_location.h"

namespace plocal::operations {

namespace {

using model::Evidence;
using model::Json;

void set_where_silent(Creation& creation, const char* member, const char* value) {
    if (creation.text(member) == nullptr) creation.document[member] = value;
}

void check_path(const std::string* path, const char* message, const char* where) {
    if (path == nullptr || parse_s3_location(*path)) return;
    throw invalid_input(message, std::string(where) + " must be s3://BUCKET/KEY, with a name that a bucket can have",
                        Evidence::documented);
}

}  // namespace

void complete_dataset_import_job(Creation& creation) {
    set_where_silent(creation, "importMode", "FULL");
}

void complete_dataset_export_job(Creation& creation) {
    set_where_silent(creation, "ingestionMode", "PUT");
}

void complete_data_deletion_job(Creation& creation) {
    constexpr int most_deleted = 1'000;
    const double part = lifecycle::draw_fraction(
        {creation.context.settings.plan.seed, creation.owner.account, creation.kind.name, creation.name, 0});
    creation.document["numDeleted"] = 1 + static_cast<int>(part * most_deleted);
}

void check_data_location(Creation& creation) {
    const Json source = creation.input.value("dataSource", Json());
    check_path(text_member(source, "dataLocation"), "Invalid Data location.", "dataSource");
}

void check_export_location(Creation& creation) {
    const Json& destination = creation.input.at("jobOutput").at("s3DataDestination");
    check_path(text_member(destination, "path"), "Invalid S3 output path", "jobOutput");
}

}  // namespace plocal::operations
