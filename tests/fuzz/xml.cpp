// The XML of S3 endpoints: what is wrong has a place, what is good can be taken apart, and a text stays the same in an
// element.
#include "server/service/s3/xml.h"

#include <string>

#include "server/base/text.h"
#include "server/service/s3/answers.h"
#include "tests/fuzz/target.h"

namespace plocal::fuzz {
namespace {

void require_line(const std::string& text) {
    require(base::is_utf8(text), "a message is a text", text);
    require(text.find_first_of("\r\n") == std::string::npos, "a message is one line", text);
}

void run_xml(std::string_view input) {
    std::size_t elements = 0;
    std::size_t text_bytes = 0;
    const std::string fault = s3::read_xml(input, [&](std::string_view path, const std::string& text) {
        ++elements;
        text_bytes += text.size();
        require(!path.empty(), "an element has a name");
    });
    require(fault.empty() || fault.find(" at byte ") != std::string::npos, "a fault has a place", fault);
    require_line(fault);
    require(elements + text_bytes <= input.size(), "no text grows");

    const s3::ListPage page = s3::read_list_page(input);
    require_line(page.fault);
    for (const s3::ListedObject& object : page.objects) {
        require(!page.fault.empty() || (!object.key.empty() && base::is_utf8(object.key)), "a key is a text");
    }
    if (const auto error = s3::read_error(input)) {
        require_line(error->code);
        require_line(error->message);
    }
    s3::read_upload_id(input);

    std::string read;
    const std::string element = "<a>" + s3::xml_escaped(input) + "</a>";
    const auto keep = [&read](std::string_view, const std::string& text) { read = text; };
    require(s3::read_xml(element, keep).empty() && read == input, "an escaped text is read as it was", element);
}

}  // namespace
}  // namespace plocal::fuzz

PLOCAL_FUZZ_TARGET(xml, plocal::fuzz::run_xml)
