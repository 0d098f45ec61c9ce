#include "server/service/s3/answers.h"

#include <cstdint>
#include <utility>

#include "server/base/text.h"
#include "server/service/s3/xml.h"

namespace plocal::s3 {
namespace {

/// A key that is encoded as in a form: a plus is a blank.
std::string url_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view digits = text[i] == '%' ? text.substr(i + 1, 2) : std::string_view();
        const auto byte = digits.size() == 2 ? base::parse_number<unsigned>(digits, 16) : std::nullopt;
        out += byte ? static_cast<char>(*byte) : text[i] == '+' ? ' ' : text[i];
        if (byte) i += 2;
    }
    return out;
}

/// Fills a page from the elements of a document.
class PageReader {
public:
    explicit PageReader(ListPage& page) : page_(page) {}

    void on_element(std::string_view path, const std::string& text) {
        if (path == "ListBucketResult") is_list_ = true;
        if (path == "ListBucketResult/Contents/Key") object_.key = text;
        if (path == "ListBucketResult/Contents/Size") read_size(text);
        if (path == "ListBucketResult/Contents") page_.objects.push_back(std::exchange(object_, {}));
        if (path == "ListBucketResult/IsTruncated") page_.is_truncated = text == "true";
        if (path == "ListBucketResult/NextContinuationToken") page_.next_token = text;
        if (path == "ListBucketResult/EncodingType") is_encoded_ = text == "url";
    }

    void finish() {
        if (page_.fault.empty() && !is_list_) page_.fault = "no <ListBucketResult>";
        for (ListedObject& object : page_.objects) {
            if (is_encoded_) object.key = url_decoded(object.key);
            if (page_.fault.empty() && object.key.empty()) page_.fault = "an object without a key";
            if (page_.fault.empty() && !base::is_utf8(object.key)) page_.fault = "a key that is not UTF-8";
        }
        if (page_.fault.empty() && page_.is_truncated && page_.next_token.empty()) {
            page_.fault = "a page with more behind it, but no <NextContinuationToken>";
        }
    }

private:
    void read_size(const std::string& text) {
        const auto size = base::parse_number<std::uint64_t>(text);
        if (!size) page_.fault = "a size '" + one_line(text) + "'";
        object_.size_bytes = size.value_or(0);
    }

    ListPage& page_;
    ListedObject object_;
    bool is_list_ = false;
    bool is_encoded_ = false;
};

}  // namespace

ListPage read_list_page(std::string_view document) {
    ListPage page;
    PageReader reader(page);
    const std::string fault = read_xml(
        document, [&reader](std::string_view path, const std::string& text) { reader.on_element(path, text); });
    if (!fault.empty()) page.fault = fault;
    reader.finish();
    return page;
}

std::optional<ErrorAnswer> read_error(std::string_view document) {
    ErrorAnswer answer;
    const std::string fault = read_xml(document, [&answer](std::string_view path, const std::string& text) {
        if (path == "Error/Code") answer.code = one_line(text);
        if (path == "Error/Message") answer.message = one_line(text);
    });
    return answer.code.empty() ? std::nullopt : std::optional(std::move(answer));
}

std::string read_upload_id(std::string_view document) {
    std::string id;
    read_xml(document, [&id](std::string_view path, const std::string& text) {
        if (path == "InitiateMultipartUploadResult/UploadId") id = text;
    });
    return id;
}

std::string complete_document(const std::vector<std::string>& etags) {
    std::string document = R"(<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">)";
    for (std::size_t i = 0; i < etags.size(); ++i) {
        document += "<Part><PartNumber>" + std::to_string(i + 1) + "</PartNumber><ETag>" + xml_escaped(etags[i]) +
                    "</ETag></Part>";
    }
    return document + "</CompleteMultipartUpload>";
}

}  // namespace plocal::s3
