#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "server/base/text.h"
#include "tests/support/echo_server.h"

namespace plocal::test {

namespace asio = boost::asio;
using http::BodySource;
using http::StreamedResponse;

namespace {

constexpr std::size_t piece_bytes = 64 * 1024;

/// Sends back what the request's body has.
class EchoedBody final : public BodySource {
public:
    explicit EchoedBody(BodySource& body) : body_(body) {}
    asio::awaitable<std::string_view> next() override { return body_.next(); }
    std::optional<std::uint64_t> size_bytes() const override { return body_.size_bytes(); }

private:
    BodySource& body_;
};

asio::awaitable<StreamedResponse> count(BodySource& body) {
    std::uint64_t size_bytes = 0;
    std::uint64_t pieces = 0;
    std::size_t largest_bytes = 0;
    for (std::string_view piece = co_await body.next(); !piece.empty(); piece = co_await body.next()) {
        size_bytes += piece.size();
        ++pieces;
        largest_bytes = std::max(largest_bytes, piece.size());
    }
    const std::string text =
        std::to_string(size_bytes) + ' ' + std::to_string(pieces) + ' ' + std::to_string(largest_bytes);
    co_return StreamedResponse{{.body = text}, nullptr};
}

}  // namespace

/// So many bytes, and what it says about itself.
class StreamingEcho::MadeBody final : public BodySource {
public:
    MadeBody(StreamingEcho& echo, std::uint64_t left, std::optional<std::uint64_t> announced, bool is_failing)
        : echo_(echo), left_(left), announced_(announced), is_failing_(is_failing) {}

    asio::awaitable<std::string_view> next() override {
        ++echo_.pieces_;
        if (left_ == 0 && is_failing_) throw std::runtime_error("no more of the body, as asked for");
        const std::size_t size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, piece_.size()));
        left_ -= size;
        co_return std::string_view(piece_).substr(0, size);
    }

    std::optional<std::uint64_t> size_bytes() const override { return announced_; }

private:
    StreamingEcho& echo_;
    std::uint64_t left_;
    std::optional<std::uint64_t> announced_;
    bool is_failing_;
    std::string piece_ = std::string(piece_bytes, 'x');
};

class StreamingEcho::HeldBody final : public BodySource {
public:
    explicit HeldBody(StreamingEcho& echo) : echo_(echo) {}

    asio::awaitable<std::string_view> next() override {
        if (!std::exchange(has_begun_, true)) co_return "first";
        if (std::exchange(is_over_, true)) co_return std::string_view();
        const auto timer = std::make_shared<asio::steady_timer>(co_await asio::this_coro::executor,
                                                                asio::steady_timer::time_point::max());
        if (echo_.holds(timer)) co_await timer->async_wait(asio::as_tuple(asio::use_awaitable));
        co_return echo_.is_released_ ? std::string_view("second") : std::string_view();
    }

private:
    StreamingEcho& echo_;
    bool has_begun_ = false;
    bool is_over_ = false;
};

bool StreamingEcho::holds(const std::shared_ptr<asio::steady_timer>& timer) {
    const std::lock_guard lock(mutex_);
    timers_.push_back(timer);
    return !is_released_ && !is_stopping_;
}

void StreamingEcho::wake() {
    const std::lock_guard lock(mutex_);
    for (const auto& timer : timers_) {
        asio::post(timer->get_executor(), [timer] { timer->cancel(); });
    }
    timers_.clear();
}

void StreamingEcho::release() {
    is_released_ = true;
    wake();
}

void StreamingEcho::stop() {
    is_stopping_ = true;
    wake();
}

asio::awaitable<StreamedResponse> StreamingEcho::answer(const protocol::Request& request, BodySource& body) {
    const std::string_view target = request.target.substr(std::string_view("/stream/").size());
    const std::string_view what = target.substr(0, target.find('/'));
    const std::string_view number = target.substr(std::min(target.size(), what.size() + 1));
    const auto size = base::parse_number<std::uint64_t>(number).value_or(0);
    constexpr std::uint64_t endless = ~std::uint64_t{0};
    StreamedResponse response{{.disturbance = disturbance_of(request)}, nullptr};
    const auto make = [&](std::uint64_t left, std::optional<std::uint64_t> announced, bool is_failing = false) {
        response.body = std::make_unique<MadeBody>(*this, left, announced, is_failing);
    };
    if (what == "echo") response.body = std::make_unique<EchoedBody>(body);
    if (what == "count") co_return co_await count(body);
    if (what == "ignore") response.head.body = "ignored";
    if (what == "bytes") make(size, size);
    if (what == "chunks") make(size, std::nullopt);
    if (what == "endless") make(endless, std::nullopt);
    if (what == "failing") make(size, size + 1, true);
    if (what == "failing_chunks") make(size, std::nullopt, true);
    if (what == "long") make(size + 1, size);
    if (what == "short") make(size - 1, size);
    if (what == "held") response.body = std::make_unique<HeldBody>(*this);
    if (what == "throw") throw std::runtime_error("as asked for");
    co_return std::move(response);
}

}  // namespace plocal::test
