#include "server/app/given_file.h"

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "server/app/options.h"

namespace plocal::app {

std::optional<std::string> read_file(const std::filesystem::path& file) {
    std::error_code ignored;
    if (std::filesystem::is_directory(file, ignored)) {  // opens like a file, but cannot be read like one
        errno = EISDIR;
        return std::nullopt;
    }
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>(stream), {}};
}

std::string read_given_file(std::string_view flag, const std::string& file, std::string_view expected) {
    std::optional<std::string> text = read_file(file);
    if (text) return *std::move(text);
    throw UsageError(std::string(flag) + " " + file + ": expected " + std::string(expected) +
                     ", found a file that cannot be read: " + std::generic_category().message(errno));
}

}  // namespace plocal::app
