#include "tests/bench/big_document.h"

#include <cstdio>

namespace plocal::bench {
namespace {

constexpr int group_count = 4;

std::string arn(const std::string& type_and_id) {
    return "arn:aws:personalize:us-east-1:000000000000:" + type_and_id;
}

std::string moment(int number) {
    char text[64];
    std::snprintf(text, sizeof text, "2026-%02d-%02dT%02d:%02d:%02d.%03d000+00:00", 1 + number / 28 % 12,
                  1 + number % 28, number / 7 % 24, number / 3 % 60, number % 60, number % 1000);
    return text;
}

std::string status_of(int number) {
    switch (number % 10) {
        case 0:
            return R"(, "status": "CREATE FAILED", "failureReason": "The input file has no users.")";
        case 1:
            return R"(, "status": "IN PROGRESS")";
        case 2:
        case 3:
            return R"(, "status": "ACTIVE")";
        default:
            return R"(, "status": "ACTIVE", "creationDateTime": ")" + moment(number) +
                   R"(", "lastUpdatedDateTime": ")" + moment(number + 1) + "\"";
    }
}

std::string job(int number) {
    const std::string name = "movies-job-" + std::to_string(number);
    const std::string group = std::to_string(number % group_count);
    std::string text =
        R"({"jobName": ")" + name + R"(", "batchInferenceJobArn": ")" + arn("batch-inference-job/" + name) + "\"";
    if (number % 3 != 0) text += R"(, "filterArn": ")" + arn("filter/filter-" + group) + "\"";
    text += R"(, "solutionVersionArn": ")" + arn("solution/solution-" + group + "/0a1b2c3d") + R"(", "numResults": 25)";
    text += R"(, "jobInput": {"s3DataSource": {"path": "s3://movies-example/input/)" + name + R"(.json"}})";
    text += R"(, "jobOutput": {"s3DataDestination": {"path": "s3://movies-example/output/"}})";
    text += R"(, "batchInferenceJobConfig": {"itemExplorationConfig": {"explorationWeight": "0.3"}})";
    text += R"(, "roleArn": "arn:aws:iam::000000000000:role/personalize", "batchInferenceJobMode": "BATCH_INFERENCE")";
    text += status_of(number);
    if (number % 5 == 0) text += R"(, "_local": {"tags": [{"tagKey": "team", "tagValue": "movies"}]})";
    return text + "}";
}

void write_list(std::FILE* file, const char* name, int count, std::string (*resource)(int)) {
    std::fprintf(file, "\"%s\": [", name);
    for (int i = 0; i < count; ++i) std::fprintf(file, "%s\n  %s", i == 0 ? "" : ",", resource(i).c_str());
    std::fputs("]", file);
}

std::string group_member(int number) {
    return R"("datasetGroupArn": ")" + arn("dataset-group/group-" + std::to_string(number)) + "\"";
}

std::string group(int number) {
    return "{" + group_member(number) + "}";
}

std::string filter(int number) {
    return R"({"filterArn": ")" + arn("filter/filter-" + std::to_string(number)) + "\", " + group_member(number) + "}";
}

std::string solution(int number) {
    return R"({"solutionArn": ")" + arn("solution/solution-" + std::to_string(number)) + "\", " + group_member(number) +
           "}";
}

std::string version(int number) {
    return R"({"solutionVersionArn": ")" + arn("solution/solution-" + std::to_string(number) + "/0a1b2c3d") + "\", " +
           group_member(number) + "}";
}

}  // namespace

void write_document(const std::string& name, int jobs) {
    std::FILE* const file = std::fopen(name.c_str(), "w");
    if (file == nullptr) return std::perror(name.c_str());
    std::fputs("{", file);
    write_list(file, "batchInferenceJobs", jobs, job);
    std::fputs(",\n", file);
    write_list(file, "datasetGroups", group_count, group);
    std::fputs(",\n", file);
    write_list(file, "filters", group_count, filter);
    std::fputs(",\n", file);
    write_list(file, "solutions", group_count, solution);
    std::fputs(",\n", file);
    write_list(file, "solutionVersions", group_count, version);
    std::fputs("}\n", file);
    std::fclose(file);
}

}  // namespace plocal::bench
