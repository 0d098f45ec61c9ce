#include "server/local/snapshot/document_files.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include "server/base/file.h"

namespace plocal::snapshot {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t most_kept_bytes = std::uintmax_t{1024} * 1024;

void read_file(std::vector<Document>& documents, const fs::path& path, std::vector<FixtureProblem>& problems) {
    std::error_code error;
    const bool is_large = fs::is_regular_file(path, error) && fs::file_size(path, error) > most_kept_bytes;
    if (is_large && std::ifstream(path)) return documents.push_back(Document::in_file(path.string()));
    std::string text = base::read_text_file(path, error);
    if (!error) return documents.push_back({path.string(), std::move(text)});
    problems.push_back({{path.string(), ""}, "a file that can be read", "one that cannot: " + error.message()});
}

}  // namespace

void read_path(std::vector<Document>& documents, const std::string& path, std::vector<FixtureProblem>& problems) {
    std::error_code error;
    if (!fs::is_directory(path, error)) {
        if (fs::exists(path, error)) return read_file(documents, path, problems);
        problems.push_back({{path, ""}, "a file or a folder of *.json", "nothing at that path"});
        return;
    }
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(path, error)) {
        if (entry.path().extension() == ".json" && !entry.is_directory()) files.push_back(entry.path());
    }
    if (error) problems.push_back({{path, ""}, "a folder that can be read", error.message()});
    if (files.empty() && !error) problems.push_back({{path, ""}, "at least one *.json in the folder", "none"});
    std::ranges::sort(files);
    for (const fs::path& file : files) read_file(documents, file, problems);
}

}  // namespace plocal::snapshot
