// A fixtures document of any size, as a real account might fill it.
#pragma once

#include <string>

namespace plocal::bench {

/// Writes a document with `jobs` batch inference jobs of some 760 bytes each, and the groups, filters, solutions and
/// solution versions that most of them name. Statuses, dates, filters and tags vary.
void write_document(const std::string& file, int jobs);

}  // namespace plocal::bench
