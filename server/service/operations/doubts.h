// What Create would refuse about a resource that a document brings. A captured account may have such a resource, so the
// document is loaded and the refusal is logged. Pure.
#pragma once

#include <string>

#include "server/base/json.h"

namespace plocal::operations {

/// Each returns the message of the refusal, or "" if there is none. What the members do not have is not checked.
std::string doubt_about_schema(const base::Json& members);
std::string doubt_about_filter(const base::Json& members);
std::string doubt_about_solution(const base::Json& members);
std::string doubt_about_recommender(const base::Json& members);
std::string doubt_about_campaign(const base::Json& members);
std::string doubt_about_batch_inference_job(const base::Json& members);

}  // namespace plocal::operations
