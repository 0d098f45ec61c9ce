// Generates ids. An id depends on its key alone, never on other ids that were generated before. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/base/random.h"

namespace plocal::resources {

/// Returns eight hexadecimal digits, as at the end of the ARNs of solution versions and event trackers (seen).
std::string short_id(const base::RandomKey& key);

/// Returns a version 4 UUID in lower case.
std::string uuid(const base::RandomKey& key);

/// Returns the id of an answer of the runtime (seen): `RID-`, the last 25 characters of a UUID of the key `answer`,
/// `-CID-`, and six hexadecimal digits that follow from the seed and `source` alone, the ARN of the campaign or
/// recommender. It has the 40 characters that PutEvents takes at most.
std::string recommendation_id(const base::RandomKey& answer, std::string_view source);

/// Returns those six digits.
std::string source_id(std::uint64_t seed, std::string_view source);

}  // namespace plocal::resources
