#include "server/local/console/files.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <iterator>

namespace plocal::console {

std::string_view embedded(std::string_view name);  // made by the build
std::string_view embedded_names();                 // made by the build: each name and a line break

namespace {

struct Type {
    std::string_view ending;
    std::string_view type;
};

constexpr Type types[] = {{".html", "text/html; charset=utf-8"},
                          {".css", "text/css; charset=utf-8"},
                          {".js", "text/javascript; charset=utf-8"},
                          {".json", "application/json"},
                          {".svg", "image/svg+xml"}};

std::string_view type_of(std::string_view name) {
    const auto* const found =
        std::ranges::find_if(types, [name](const Type& each) { return name.ends_with(each.ending); });
    return found == std::end(types) ? "text/plain; charset=utf-8" : found->type;
}

/// FNV-1a with 64 bits.
std::string tag_of(std::string_view text) {
    constexpr std::uint64_t basis = 0xcbf29ce484222325;
    constexpr std::uint64_t prime = 0x100000001b3;
    std::uint64_t hash = basis;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * prime;
    char tag[24];
    std::snprintf(tag, sizeof tag, "\"%016llx\"", static_cast<unsigned long long>(hash));
    return tag;
}

std::vector<File> make_files() {
    std::vector<File> made;
    for (std::string_view left = embedded_names(); !left.empty();) {
        const std::string_view name = left.substr(0, left.find('\n'));
        const std::string_view text = embedded(name);
        made.push_back({name, type_of(name), text, tag_of(text)});
        left.remove_prefix(name.size() + 1);
    }
    std::ranges::sort(made, {}, &File::name);
    return made;
}

}  // namespace

const std::vector<File>& files() {
    static const std::vector<File> all = make_files();
    return all;
}

const File* find_file(std::string_view name) {
    const auto found = std::ranges::find(files(), name, &File::name);
    return found == files().end() ? nullptr : &*found;
}

}  // namespace plocal::console
