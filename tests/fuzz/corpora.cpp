// Runs the inputs of folders through one fuzz target, in the order of their names: fuzz_corpora TARGET FOLDER...
#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "server/base/file.h"
#include "tests/fuzz/target.h"

namespace plocal::fuzz {
namespace {

namespace fs = std::filesystem;

std::map<std::string_view, Run>& targets() {
    static std::map<std::string_view, Run> all;
    return all;
}

std::vector<fs::path> files_of(int count, char** folders) {
    std::vector<fs::path> files;
    for (int i = 0; i < count; ++i) {
        for (const fs::directory_entry& entry : fs::directory_iterator(folders[i])) files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

/// Returns the exit code. The name of an input is printed before it runs: it may end the program.
int run_all(Run run, const std::vector<fs::path>& files) {
    for (const fs::path& file : files) {
        std::printf("%s\n", file.c_str());
        std::fflush(stdout);
        std::error_code error;
        const std::string input = base::read_text_file(file, error);
        if (error) throw std::system_error(error, file.string());
        run(input);
    }
    std::printf("%zu inputs\n", files.size());
    return files.empty() ? 1 : 0;
}

}  // namespace

Target::Target(const char* name, Run run) {
    targets().emplace(name, run);
}

}  // namespace plocal::fuzz

int main(int count, char** arguments) {
    using namespace plocal::fuzz;
    const auto target = count > 2 ? targets().find(arguments[1]) : targets().end();
    if (target == targets().end()) {
        std::fprintf(stderr, "usage: fuzz_corpora TARGET FOLDER...\ntargets:");
        for (const auto& [name, run] : targets()) std::fprintf(stderr, " %s", std::string(name).c_str());
        std::fprintf(stderr, "\n");
        return 2;
    }
    try {
        return run_all(target->second, files_of(count - 2, arguments + 2));
    } catch (const std::exception& error) {
        std::fprintf(stderr, "an exception: %s\n", error.what());
        return 1;
    }
}
