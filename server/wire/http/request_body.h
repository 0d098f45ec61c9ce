// The body of a request as its handler reads it, piece by piece, from any stream. Used on the thread of the session's
// context.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <boost/asio/awaitable.hpp>

#include "server/wire/http/body.h"
#include "server/wire/http/receive.h"

namespace plocal::http {

template <class Stream>
class RequestBody final : public BodySource {
public:
    /// The head of a request was read, and its body allowed. The connection must outlive this.
    explicit RequestBody(Connection<Stream>& connection) : connection_(connection) {}

    /// Throws BodyError. The first call tells a client that waits with its body to send it, unless its answer has
    /// begun.
    boost::asio::awaitable<std::string_view> next() override {
        RequestReader& reader = connection_.reader;
        if (error_) throw BodyError(*error_);
        if (!std::exchange(is_client_told_, true) && reader.expectation() == RequestReader::Expectation::go_ahead &&
            !co_await send_continue(connection_)) {
            fail("the client has left before its body", std::nullopt);
        }
        RequestReader::Progress progress = reader.next_piece();
        while (progress == RequestReader::Progress::wants_more && reader.piece().empty()) {
            co_await read_on();
            progress = reader.next_piece();
        }
        connection_.deadline.clear();
        if (progress == RequestReader::Progress::refused) {
            fail("the body is refused: " + reader.refused().body, reader.refused());
        }
        co_return reader.piece();
    }

    std::optional<std::uint64_t> size_bytes() const override { return connection_.reader.content_length(); }

    /// To be called before the answer begins: what tells a client to send its body would stand in the middle of it.
    void begin_answer() { is_client_told_ = true; }

    /// Whether the whole body was read, so that the connection can be used again.
    bool is_complete() const { return !error_ && !connection_.reader.awaits_body(); }

private:
    boost::asio::awaitable<void> read_on() {
        const std::chrono::milliseconds limit = connection_.group.limits().piece;
        if (connection_.group.is_grace_over()) fail("the server stops", std::nullopt);
        connection_.deadline.busy_until(SessionGroup::Clock::now() + limit);
        const auto code = co_await read_more(connection_);
        if (!code) co_return;
        const std::string limit_ms = std::to_string(limit.count());
        if (is_late(connection_, code)) {
            fail("the client has sent nothing for " + limit_ms + " ms",
                 refusal(408, "Nothing of the request's body came within " + limit_ms + " ms."));
        }
        fail("the body has ended early: " + code.message(), std::nullopt);
    }

    [[noreturn]] void fail(const std::string& what, std::optional<protocol::Response> refusal) {
        error_.emplace(what, std::move(refusal));
        throw BodyError(*error_);
    }

    Connection<Stream>& connection_;
    bool is_client_told_ = false;
    std::optional<BodyError> error_;
};

}  // namespace plocal::http
