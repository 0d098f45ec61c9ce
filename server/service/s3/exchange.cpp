#include "server/service/s3/exchange.h"

#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "server/base/address.h"
#include "server/service/s3/store_errors.h"
#include "server/wire/http/client.h"
#include "server/wire/http/stream.h"

namespace plocal::s3 {

namespace asio = boost::asio;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds between_checks{50};

/// Holds a piece, and the reading with it, until it is released.
class PulledSink final : public http::ResponseSink {
public:
    explicit PulledSink(asio::io_context& context) : released_(context) {}

    void begin(const http::ClientResponse& response) override { head_ = response; }

    asio::awaitable<void> take(std::string_view piece) override {
        piece_ = piece;
        released_.expires_at(std::chrono::steady_clock::time_point::max());
        while (piece_) co_await released_.async_wait(http::as_code);
    }

    void release() {
        piece_.reset();
        released_.cancel();
    }

    const std::optional<http::ClientResponse>& head() const { return head_; }
    const std::optional<std::string_view>& piece() const { return piece_; }

private:
    asio::steady_timer released_;
    std::optional<http::ClientResponse> head_;
    std::optional<std::string_view> piece_;
};

}  // namespace

// Destroyed from the end: the timer of the sink before its context, and what the coroutines use after both.
struct Exchange::State {
    State(http::ClientRequest sent, std::string_view text, const http::ClientLimits& most)
        : request(std::move(sent)), body(text), limits(most) {}

    bool is_over() const { return result || exception; }

    http::ClientRequest request;
    http::TextSource body;
    http::ClientLimits limits;
    std::optional<http::ClientResult> result;
    std::exception_ptr exception;
    bool is_piece_returned = false;  // the first piece may come with the head
    asio::io_context context{1};
    PulledSink sink{context};
};

Exchange::Exchange(http::ClientRequest request, std::string_view body, const http::ClientLimits& limits,
                   const Access& access)
    : access_(access), state_(std::make_unique<State>(std::move(request), body, limits)) {
    const std::string& method = state_->request.method;
    if (method == "PUT" || method == "POST") state_->request.body = &state_->body;
}

Exchange::~Exchange() {
    if (state_->is_over() || state_->sink.head() || base::is_address(state_->request.url.host)) return;
    // A context waits in its destructor for the resolver, which may take long to give up.
    try {
        std::thread([](std::unique_ptr<State> state) { state.reset(); }, std::move(state_)).detach();
    } catch (const std::system_error&) {  // without another thread, this one has waited
    }
}

template <class IsDone>
void Exchange::run_until(const IsDone& is_done) {
    while (!is_done()) {
        require_wanted(access_);
        state_->context.run_one_for(between_checks);
    }
    if (state_->exception) std::rethrow_exception(state_->exception);
}

http::ClientResult Exchange::head() {
    State& state = *state_;
    asio::co_spawn(state.context, http::send_request(state.request, state.sink, state.limits),
                   [&state](std::exception_ptr exception, http::ClientResult result) {
                       state.exception = std::move(exception);
                       state.result = std::move(result);
                   });
    run_until([&state] { return state.sink.head() || state.is_over(); });
    if (state.sink.head()) return *state.sink.head();
    return *state.result;
}

std::variant<std::string_view, http::ClientError> Exchange::next() {
    State& state = *state_;
    if (state.is_piece_returned) state.sink.release();
    run_until([&state] { return state.sink.piece() || state.is_over(); });
    state.is_piece_returned = state.sink.piece().has_value();
    if (state.is_piece_returned) return *state.sink.piece();
    if (const auto* const error = std::get_if<http::ClientError>(&*state.result)) return *error;
    return std::string_view();
}

}  // namespace plocal::s3
