#include "server/app/given_file.h"

#include <system_error>

#include "server/app/options.h"
#include "server/base/file.h"

namespace plocal::app {

std::string read_given_file(std::string_view flag, const std::string& file, std::string_view expected) {
    std::error_code error;
    std::string text = base::read_text_file(file, error);
    if (!error) return text;
    throw UsageError(std::string(flag) + " " + file + ": expected " + std::string(expected) +
                     ", found a file that cannot be read: " + error.message());
}

}  // namespace plocal::app
