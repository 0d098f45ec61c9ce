#include "server/service/s3/endpoint_object.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "server/base/text.h"
#include "server/service/s3/answers.h"
#include "server/service/s3/store_errors.h"

namespace plocal::s3 {
namespace {

constexpr std::size_t most_error_bytes = std::size_t{64} * 1024;
constexpr int ok = 200;
constexpr int partial_content = 206;
constexpr int precondition_failed = 412;

/// The offset that "bytes 100-199/1000" begins at.
std::optional<std::uint64_t> begin_of_range(std::string_view content_range) {
    constexpr std::string_view unit = "bytes ";
    if (!content_range.starts_with(unit)) return std::nullopt;
    content_range.remove_prefix(unit.size());
    return base::parse_number<std::uint64_t>(content_range.substr(0, content_range.find('-')));
}

}  // namespace

EndpointObject::EndpointObject(const Endpoint& endpoint, ObjectName name, Access access)
    : endpoint_(endpoint), name_(std::move(name)), access_(std::move(access)) {
    Patience patience(endpoint_.silence);
    while (!exchange_) open(patience);
}

std::string_view EndpointObject::next() {
    Patience patience(endpoint_.silence);
    for (;;) {
        if (!exchange_) open(patience);
        if (!exchange_) continue;
        const auto result = exchange_->next();
        if (const auto* const error = std::get_if<http::ClientError>(&result)) {
            pause_after(*error, patience);
            continue;
        }
        std::string_view piece = std::get<std::string_view>(result);
        if (piece.empty()) return {};
        const std::uint64_t before = std::min<std::uint64_t>(skipped_, piece.size());
        skipped_ -= before;
        piece.remove_prefix(before);
        offset_ += piece.size();
        if (!piece.empty()) return piece;
    }
}

Call EndpointObject::call() const {
    Call call{.method = "GET", .name = name_};
    if (offset_ == 0) return call;
    call.headers.emplace_back("range", "bytes=" + std::to_string(offset_) + "-");
    call.headers.emplace_back("if-match", etag_);
    return call;
}

/// Makes one attempt. Leaves no exchange where another one may succeed, after a pause.
void EndpointObject::open(Patience& patience) {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const Call attempt = call();
    exchange_ = std::make_unique<Exchange>(signed_request(attempt, endpoint_, access_.region, now), std::string_view(),
                                           patience.limits(), access_);
    const http::ClientResult head = exchange_->head();
    if (const auto* const error = std::get_if<http::ClientError>(&head)) {
        pause_after(*error, patience);
        return;
    }
    const auto& response = std::get<http::ClientResponse>(head);
    if (take_head(response, patience)) return;
    const Answer answer{response, read_short_body()};
    std::string code;
    is_error(answer, code);
    exchange_.reset();
    if (!may_pass(response.status, code) || !patience.wait(access_)) fail_with(answer, attempt, endpoint_, patience);
}

/// Returns false if the answer is not the object from the offset on.
bool EndpointObject::take_head(const http::ClientResponse& head, Patience& patience) {
    const bool is_rest = head.status == partial_content && offset_ > 0;
    if (offset_ > 0 && head.status == precondition_failed) fail_changed();
    if (head.status != ok && !is_rest) return false;
    const std::string etag(head.header("etag"));
    if (offset_ > 0 && etag != etag_) fail_changed();
    if (is_rest && begin_of_range(head.header("content-range")) != offset_) {
        fail_with(http::ClientError{http::ClientError::Kind::malformed,
                                    endpoint_.url.endpoint() + " answers with another range than it was asked for"},
                  name_, patience);
    }
    etag_ = etag;
    skipped_ = is_rest ? 0 : offset_;
    return true;
}

void EndpointObject::fail_changed() const {
    fail(name_, "the object has changed while it was read");
}

std::string EndpointObject::read_short_body() {
    std::string body;
    while (body.size() < most_error_bytes) {
        const auto result = exchange_->next();
        const auto* const piece = std::get_if<std::string_view>(&result);
        if (piece == nullptr || piece->empty()) break;
        body += *piece;
    }
    return body;
}

/// Fails if the rest of the object cannot be had. Without an ETag, it could be the rest of another version.
void EndpointObject::pause_after(const http::ClientError& error, Patience& patience) {
    exchange_.reset();
    const bool can_resume = offset_ == 0 || !etag_.empty();
    if (!can_resume || !may_pass(error.kind) || !patience.wait(access_)) fail_with(error, name_, patience);
}

}  // namespace plocal::s3
