// What the answers of an S3 endpoint say, and the one document that is sent to it. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/service/s3/object_store.h"

namespace plocal::s3 {

/// One answer to ListObjectsV2.
struct ListPage {
    std::vector<ListedObject> objects;
    bool is_truncated = false;
    std::string next_token;  // of the next page
    std::string fault;       // what is wrong with the answer; empty for a good one
};

ListPage read_list_page(std::string_view document);

/// An answer that is an error, whatever its status is.
struct ErrorAnswer {
    std::string code;     // "NoSuchKey"
    std::string message;  // one line
};

/// Nothing for a document that is no error.
std::optional<ErrorAnswer> read_error(std::string_view document);

/// The id of a multipart upload that has begun; empty where the document has none.
std::string read_upload_id(std::string_view document);

/// The list of the parts of an upload, by their ETags.
std::string complete_document(const std::vector<std::string>& etags);

}  // namespace plocal::s3
