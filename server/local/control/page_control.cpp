#include "server/local/control/page_control.h"

#include <utility>

#include "server/local/console/files.h"
#include "server/local/control/accept.h"
#include "server/local/control/control_error.h"

namespace plocal::control {
namespace {

constexpr int not_modified = 304;

/// Returns true where a header If-None-Match names the tag: the client has the file already.
bool names_tag(std::string_view header, std::string_view tag) {
    while (!header.empty()) {
        std::string_view each = take_item(header, ',');
        if (each.starts_with("W/")) each.remove_prefix(2);
        if (each == tag || each == "*") return true;
    }
    return false;
}

TextAnswer answer_of(const console::File& file, const ControlCall& call) {
    TextAnswer answer{.text = std::string(file.text), .type = file.type, .headers = {}};
    answer.headers = {{"etag", file.tag},
                      {"content-security-policy", std::string(console::security_policy)},
                      {"x-content-type-options", "nosniff"},
                      {"referrer-policy", "no-referrer"}};
    if (!names_tag(call.if_none_match, file.tag)) return answer;
    answer.status = not_modified;
    answer.text.clear();
    return answer;
}

}  // namespace

TextAnswer page_or_list(const ControlCall& call, TextAnswer list) {
    const console::File* const page = wants_page(call.accept) ? console::find_file("index.html") : nullptr;
    TextAnswer answer = page == nullptr ? std::move(list) : answer_of(*page, call);
    answer.headers.push_back({"vary", "accept"});
    return answer;
}

TextAnswer console_file(const ControlCall& call) {
    const console::File* const file = console::find_file(call.id);
    if (file == nullptr) throw ControlError(404, "the console has no file '" + call.id + "'");
    return answer_of(*file, call);
}

}  // namespace plocal::control
