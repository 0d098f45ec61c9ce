// The jobs that the benchmarks describe.
#pragma once

#include <string>

#include "storage/store.h"

namespace plocal::bench {

std::string job_arn(int number);

/// The request body that describes a job.
std::string describe_body(int number);

/// Stores `count` ended jobs, numbered from 0, in one transaction.
void fill(storage::Store& store, int count);

}  // namespace plocal::bench
