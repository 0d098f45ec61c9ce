#include "server/service/s3/endpoint_writer.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "server/base/text.h"
#include "server/service/s3/answers.h"
#include "server/service/s3/store_errors.h"

namespace plocal::s3 {
namespace {

using std::chrono::milliseconds;

constexpr int not_found = 404;
constexpr int forbidden = 403;  // S3 says so of what does not exist to a key that may not list
constexpr milliseconds farewell{5'000};
constexpr milliseconds farewell_of_aborted{300};

}  // namespace

std::size_t part_bytes(std::size_t number) {
    constexpr std::size_t least = std::size_t{8} << 20U;
    constexpr std::size_t before_growth = 2'000;
    constexpr std::size_t between_doublings = 1'000;
    return number <= before_growth ? least : least << ((number - before_growth - 1) / between_doublings + 1);
}

EndpointWriter::EndpointWriter(const Endpoint& endpoint, ObjectName name, Access access)
    : name_(std::move(name)), caller_(endpoint, std::move(access)) {}

EndpointWriter::~EndpointWriter() {
    if (upload_id_.empty()) return;
    const auto& is_aborted = caller_.access().is_aborted;
    const milliseconds limit = is_aborted && is_aborted() ? farewell_of_aborted : farewell;
    caller_.call_briefly({.method = "DELETE", .name = name_, .query = {{"uploadId", upload_id_}}},
                         std::min(limit, caller_.endpoint().silence));
}

void EndpointWriter::write(std::string_view piece) {
    require_wanted(caller_.access());
    while (!piece.empty()) {
        const std::size_t room = part_bytes(etags_.size() + 1) - part_.size();
        part_ += piece.substr(0, room);
        piece.remove_prefix(std::min(room, piece.size()));
        if (part_.size() == part_bytes(etags_.size() + 1)) send_part();
    }
}

/// A job may have a thousand outputs. Those that are short cost less as they are than by two more calls each.
void EndpointWriter::seal() {
    constexpr std::size_t short_bytes = std::size_t{16} << 10U;
    if (part_.size() <= short_bytes) {
        part_.shrink_to_fit();
        return;
    }
    send_part();
    part_ = std::string();
}

void EndpointWriter::finish() {
    if (etags_.empty()) {
        caller_.call({.method = "PUT", .name = name_, .body = part_});
        return;
    }
    if (!part_.empty()) send_part();
    complete();
    upload_id_.clear();
}

void EndpointWriter::withdraw() noexcept {
    try {
        caller_.call_briefly({.method = "DELETE", .name = name_}, std::min(farewell, caller_.endpoint().silence));
    } catch (const std::exception&) {
        return;
    }
}

void EndpointWriter::begin_upload() {
    const Answer answer = caller_.call({.method = "POST", .name = name_, .query = {{"uploads", ""}}});
    upload_id_ = read_upload_id(answer.body);
    if (upload_id_.empty()) fail(name_, "the endpoint begins a multipart upload without an <UploadId>");
}

void EndpointWriter::send_part() {
    if (upload_id_.empty()) begin_upload();
    const std::string number = std::to_string(etags_.size() + 1);
    const Answer answer = caller_.call(
        {.method = "PUT", .name = name_, .query = {{"partNumber", number}, {"uploadId", upload_id_}}, .body = part_});
    const std::string_view etag = answer.head.header("etag");
    if (etag.empty()) fail(name_, "the endpoint takes part " + number + " of an upload without an ETag");
    etags_.emplace_back(etag);
    size_bytes_ += part_.size();
    part_.clear();
}

/// An answer that got lost may have been that of success, and then there is no upload any more, but another object than
/// before.
void EndpointWriter::complete() {
    const std::string document = complete_document(etags_);
    const auto before = find_object();
    try {
        caller_.call({.method = "POST",
                      .name = name_,
                      .query = {{"uploadId", upload_id_}},
                      .headers = {{"content-type", "application/xml"}},
                      .body = document});
    } catch (const AnsweredError& error) {
        if (error.code() != "NoSuchUpload" || !error.has_retried()) throw;
        const auto after = find_object();
        if (!after || base::parse_number<std::uint64_t>(after->header("content-length")) != size_bytes_) throw;
        if (before && before->header("etag") == after->header("etag")) throw;
    }
}

/// Returns the head of the object that has the name now, or nothing if it is not to be had.
std::optional<http::ClientResponse> EndpointWriter::find_object() const {
    try {
        return caller_.call({.method = "HEAD", .name = name_}).head;
    } catch (const AnsweredError& error) {
        if (error.status() == not_found || error.status() == forbidden) return std::nullopt;
        throw;
    }
}

}  // namespace plocal::s3
