#include "server/app/engine/long_bodies.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "server/base/pieces.h"

namespace plocal::engine {
namespace {

namespace asio = boost::asio;

/// The body of a response from a spool.
class SpoolSource : public http::BodySource {
public:
    explicit SpoolSource(std::shared_ptr<const base::Spool> spool) : spool_(std::move(spool)) {}

    asio::awaitable<std::string_view> next() override { co_return pieces_->next(); }
    std::optional<std::uint64_t> size_bytes() const override { return spool_->size_bytes(); }

private:
    std::shared_ptr<const base::Spool> spool_;
    std::unique_ptr<base::Pieces> pieces_ = spool_->open();
};

/// Returns why the body cannot be kept, or "". A body that cannot be kept is still read to its end: a client that sends
/// might not see the answer.
asio::awaitable<std::string> receive(http::BodySource& body, base::Spool& spool) {
    std::string error;
    for (;;) {
        const std::string_view piece = co_await body.next();
        if (piece.empty()) co_return error;
        if (!error.empty()) continue;
        try {
            spool.append(piece);
        } catch (const base::SpoolError& failure) {
            error = failure.what();
        }
    }
}

}  // namespace

asio::awaitable<http::StreamedResponse> LongBodies::answer(const protocol::Request& request, http::BodySource& body) {
    protocol::Request whole = request;
    std::string text;
    const auto spool = std::make_shared<base::Spool>(place_);
    whole.body_error = co_await receive(body, *spool);
    if (whole.body_error.empty() && spool->is_in_memory()) {
        text = spool->take_text();
        whole.body = text;
    } else if (whole.body_error.empty()) {
        whole.spooled_body = spool;
    }
    http::StreamedResponse response;
    response.head = co_await handler_.answer(whole);
    if (const auto spooled = std::exchange(response.head.spooled_body, nullptr)) {
        response.body = std::make_unique<SpoolSource>(spooled);
    }
    co_return response;
}

}  // namespace plocal::engine
