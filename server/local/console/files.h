// The files of the console, the page at `/_local/`, as they are compiled in. From any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plocal::console {

/// One file of the page. Its views live as long as the program.
struct File {
    std::string_view name;  // "index.html"
    std::string_view type;  // its media type
    std::string_view text;
    std::string tag;  // for the header ETag, with its quotes: files of one tag have one text
};

/// All files, in order of name.
const std::vector<File>& files();

/// Returns the file of this name, or null.
const File* find_file(std::string_view name);

/// The header Content-Security-Policy of every file: what the page loads comes from its own server, and no script or
/// style stands within the page.
inline constexpr std::string_view security_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

}  // namespace plocal::console
