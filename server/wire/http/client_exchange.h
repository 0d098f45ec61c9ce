// One request and its response on a connection of the client, for any stream. Used on one executor that runs one
// handler at a time.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/error.hpp>

#include "server/wire/http/client_connect.h"
#include "server/wire/http/head_text.h"
#include "server/wire/http/stream.h"

namespace plocal::http {

/// The head of a request as it goes over the wire.
std::string request_head(const ClientRequest& request);

template <class Stream>
struct ClientExchange {
    Stream& stream;
    const ClientRequest& request;
    const ClientLimits& limits;
    ClientDeadline& deadline;
    ResponseReader reader = ResponseReader(limits.header_bytes, request.method == "HEAD");

    boost::asio::awaitable<ClientResponse> run(ResponseSink& sink) {
        const boost::system::error_code unsent = co_await send();
        co_await receive_head(unsent);
        ClientResponse response = reader.response();
        sink.begin(response);
        co_await receive_body(sink);
        co_return response;
    }

private:
    /// Returns why the server has not accepted the whole request; it may still have sent a response.
    boost::asio::awaitable<boost::system::error_code> send() {
        boost::system::error_code code = co_await write(request_head(request), {}, {});
        const bool is_chunked = request.body != nullptr && !request.body->size_bytes();
        for (bool is_over = request.body == nullptr; !code && !is_over;) {
            deadline.pause();
            const std::string_view piece = co_await request.body->next();
            is_over = piece.empty();
            std::string size;
            if (is_chunked) append_number(size, piece.size(), 16);
            if (is_chunked) size += "\r\n";
            code = co_await write(size, piece, is_chunked ? "\r\n" : "");
        }
        co_return code;
    }

    boost::asio::awaitable<boost::system::error_code> write(std::string first, std::string_view second,
                                                            std::string_view third) {
        std::array<std::string_view, 3> parts = {first, second, third};
        while (!parts[0].empty() || !parts[1].empty() || !parts[2].empty()) {
            const std::array<boost::asio::const_buffer, 3> buffers = {
                boost::asio::buffer(parts[0]), boost::asio::buffer(parts[1]), boost::asio::buffer(parts[2])};
            deadline.start(bottom_of(stream), limits.silence);
            auto [code, size] = co_await stream.async_write_some(buffers, as_code);
            throw_if_late(code, deadline, request.url, limits, "has accepted nothing for", limits.silence);
            if (code) co_return code;
            for (std::string_view& part : parts) {
                const std::size_t of_part = std::min(size, part.size());
                part.remove_prefix(of_part);
                size -= of_part;
            }
        }
        co_return boost::system::error_code();
    }

    /// Returns false at the orderly end of the connection.
    boost::asio::awaitable<bool> read_more(const std::string& what) {
        deadline.start(bottom_of(stream), limits.silence);
        const auto [code, size] = co_await stream.async_read_some(reader.room(), as_code);
        reader.commit(size);
        throw_if_late(code, deadline, request.url, limits, "has sent nothing for", limits.silence);
        if (code == boost::asio::error::eof) co_return false;
        if (code) fail(ClientError::Kind::cut, " has cut the connection " + what + ": " + code.message());
        co_return true;
    }

    boost::asio::awaitable<void> receive_head(const boost::system::error_code& unsent) {
        ResponseReader::Progress progress = ResponseReader::Progress::wants_more;
        const std::string what = unsent ? "within the request (" + unsent.message() + ")" : "before its response";
        while (progress == ResponseReader::Progress::wants_more) {
            if (!co_await read_more(what)) {
                fail(ClientError::Kind::cut, reader.has_begun()
                                                 ? " has closed the connection within its response's head"
                                                 : " has closed the connection " + what);
            }
            progress = reader.head();
        }
        if (progress == ResponseReader::Progress::malformed) {
            fail(ClientError::Kind::malformed, " does not answer in HTTP: " + reader.fault());
        }
    }

    boost::asio::awaitable<void> receive_body(ResponseSink& sink) {
        ResponseReader::Progress progress = reader.next_piece();
        for (;;) {
            if (progress == ResponseReader::Progress::malformed) {
                fail(ClientError::Kind::cut, " sends a broken response body: " + reader.fault());
            }
            deadline.pause();
            if (!reader.piece().empty()) co_await sink.take(reader.piece());
            if (progress == ResponseReader::Progress::complete) co_return;
            const bool goes_on = co_await read_more("within its response's body");
            progress = goes_on ? reader.next_piece() : reader.end_of_connection();
        }
    }

    [[noreturn]] void fail(ClientError::Kind kind, const std::string& what) const {
        throw ClientFailure(kind, request.url.endpoint() + what);
    }
};

}  // namespace plocal::http
