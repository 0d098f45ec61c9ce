// The table of resource kinds: what the families of operations share is told here as data. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/operations/arn.h"

namespace plocal::operations {

/// A member of a kind's document that names another resource.
struct ReferenceMember {
    std::string_view member;  // "solutionVersionArn"
    std::string_view kind;    // "solutionVersion"
    bool is_parent = false;   // its List can be narrowed to it
};

struct Kind {
    std::string_view name;         // what Describe wraps it in, and its name in fixtures: "batchInferenceJob"
    std::string_view plural;       // its List's member, and its name in fixtures: "batchInferenceJobs"
    std::string_view words;        // as messages say it: "batch inference job"
    std::string_view shape;        // its document's shape: "BatchInferenceJob"
    std::string_view summary;      // its shape in a List
    std::string_view arn_type;     // "batch-inference-job"
    std::string_view arn_member;   // "batchInferenceJobArn"
    std::string_view name_member;  // "jobName"
    bool has_status = true;
    bool is_batch_job = false;  // AWS documents PENDING and IN PROGRESS where the service answers with CREATE before it
    bool has_two_part_id = false;  // TYPE/PARENT/ID
    std::span<const ReferenceMember> references;
};

std::span<const Kind> kinds();

/// The kind of this name; must be one.
const Kind& kind_named(std::string_view name);

/// Whether an ARN is of this kind, whoever owns it and whether or not it exists.
bool is_arn_of(const Kind& kind, const Arn& arn);

/// How batch jobs spell the first two statuses.
enum class StatusNames {
    documented,  // PENDING, IN PROGRESS: the API reference
    observed,    // CREATE PENDING, CREATE IN_PROGRESS: what the service really answers
};

/// A stored status as it is told to the caller.
std::string_view told_status(const Kind& kind, std::string_view stored, StatusNames names);

/// The statuses that a resource of this kind can have, in their stored form.
std::vector<std::string_view> statuses_of(const Kind& kind);

/// The same as they are documented, for a message: "PENDING, IN PROGRESS, ACTIVE or CREATE FAILED".
std::string statuses_told(const Kind& kind);

/// The stored form of a status in either spelling.
std::string_view stored_status(const Kind& kind, std::string_view told);

}  // namespace plocal::operations
