// Files that an option names.
#pragma once

#include <string>
#include <string_view>

namespace plocal::app {

/// The bytes of the file that a flag names. Throws UsageError where it cannot be read; `expected` says what should be
/// there: "a certificate in PEM".
std::string read_given_file(std::string_view flag, const std::string& file, std::string_view expected);

}  // namespace plocal::app
