// Finds documents in files and folders. Pure but for the reading of files.
#pragma once

#include <string>
#include <vector>

#include "server/local/snapshot/document.h"

namespace plocal::snapshot {

/// Adds the document of a file, or of every `*.json` of a folder in the order of their names. Does not enter folders
/// inside it. A path that cannot be read is a problem. The text of a small file, and of one that can be read only once,
/// is kept; a large file is opened again whenever its document is read.
void read_path(std::vector<Document>& documents, const std::string& path, std::vector<FixtureProblem>& problems);

}  // namespace plocal::snapshot
