// Reads the small XML documents of S3 answers. Knows elements, text, CDATA, comments and the five named entities, skips
// attributes and namespaces, and refuses document types, so no text grows. Pure.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace plocal::s3 {

/// Called at the end of each element with the names from the root to it, "ListBucketResult/Contents/Key", and the text
/// that stands directly in it.
using OnElement = std::function<void(std::string_view path, const std::string& text)>;

/// Returns an empty text for a well-formed document, or what is wrong with it: "no end of <Key> at byte 120". The
/// elements before that have been reported then.
std::string read_xml(std::string_view document, const OnElement& on_element);

/// The beginning of a text on one line of valid UTF-8, for messages.
std::string one_line(std::string_view text);

/// The text as the content of an element.
std::string xml_escaped(std::string_view text);

}  // namespace plocal::s3
