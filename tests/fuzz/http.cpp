// The bytes of one connection. First the reader of requests alone: they are the same in whole and in pieces, whose size
// the first byte chooses, but for a fault in an unfinished head, which may be told before the head is whole. Then a
// whole session over a pair of sockets, whose answers must be HTTP.
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <sys/socket.h>

#include "server/base/descriptor.h"
#include "server/wire/http/request_reader.h"
#include "server/wire/http/response_reader.h"
#include "server/wire/http/session.h"
#include "tests/fuzz/target.h"

namespace plocal::fuzz {
namespace {

namespace asio = boost::asio;
using http::RequestReader;
using Progress = RequestReader::Progress;

constexpr std::size_t header_bytes = 2048;
constexpr std::size_t body_bytes = 4096;

/// All that a handler would see, and whether what follows was refused.
struct Requests {
    std::string seen;
    bool is_refused = false;
};

/// Reads requests until one is refused or the bytes end.
Requests requests_in(std::string_view bytes, std::size_t piece_bytes) {
    RequestReader reader(header_bytes);
    Requests requests;
    std::string& seen = requests.seen;
    const auto feed = [&] {
        const auto room = reader.room();
        const std::size_t size = std::min({room.size(), bytes.size(), piece_bytes});
        std::memcpy(room.data(), bytes.data(), size);
        reader.commit(size);
        bytes.remove_prefix(size);
        return size > 0;
    };
    const auto finish = [&](auto read) {
        Progress progress = read();
        while (progress == Progress::wants_more && feed()) progress = read();
        if (progress == Progress::refused) requests.is_refused = true;
        return progress == Progress::complete;
    };
    for (;;) {
        reader.begin();
        if (!finish([&] { return reader.head(); })) return requests;
        const protocol::Request& request = reader.request();
        seen.append(request.method).append(" ").append(request.target).append("\n");
        for (const auto& [name, value] : request.headers) seen.append(name).append(": ").append(value).append("\n");
        if (!finish([&] { return reader.allow_body(body_bytes); })) return requests;
        if (!finish([&] { return reader.body(); })) return requests;
        require(request.body.size() <= body_bytes, "a body is within its limit");
        seen.append(request.body).append("\n");
        if (!reader.keep_alive()) return requests;
    }
}

/// Sends back what it gets, in whole for most targets and in pieces for others.
class Echo final : public http::RequestHandler, public http::StreamHandler {
public:
    asio::awaitable<protocol::Response> answer(const protocol::Request& request) override {
        protocol::Response response{.status = request.target == "/none" ? 204 : 200};
        response.headers = {{"x-method", std::string(request.method)}, {"x-probe", std::string(request.header("x"))}};
        response.body = request.body;
        co_return response;
    }
    asio::awaitable<http::StreamedResponse> answer(const protocol::Request& request, http::BodySource& body) override {
        if (request.target == "/stream/throw") throw std::runtime_error("as asked for");
        http::StreamedResponse response;
        response.head.headers = {{"x-method", std::string(request.method)}};
        if (request.target != "/stream/unread") response.body = std::make_unique<Body>(body);
        co_return response;
    }
    std::size_t body_limit(std::string_view) const override { return body_bytes; }
    std::uint64_t body_limit() const override { return body_bytes; }
    http::StreamHandler* stream_handler(const protocol::Request& request) override {
        return request.target.starts_with("/stream/") ? this : nullptr;
    }

private:
    struct Body : http::BodySource {
        explicit Body(http::BodySource& of_request) : source(of_request) {}
        asio::awaitable<std::string_view> next() override { return source.next(); }
        std::optional<std::uint64_t> size_bytes() const override { return source.size_bytes(); }
        http::BodySource& source;
    };
};

/// Returns all that a session answers to a peer that sends these bytes and then no more.
std::string answers_to(std::string_view bytes) {
    std::array<int, 2> pair{};
    require(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair.data()) == 0, "there are sockets");
    const base::Descriptor peer(pair[0]);
    asio::io_context context;
    Echo echo;
    const auto group =
        std::make_shared<http::SessionGroup>(context.get_executor(), http::Limits{.header_bytes = header_bytes});
    asio::ip::tcp::socket socket(context);
    socket.assign(asio::ip::tcp::v4(), pair[1]);
    group->expect_one();
    bool is_over = false;
    asio::co_spawn(context, http::run_session(std::move(socket), group, echo),
                   [&is_over](const std::exception_ptr& error) {
                       is_over = true;
                       if (error) std::rethrow_exception(error);
                   });
    std::string answers;
    bool has_ended = false;
    while (!is_over) {
        const ssize_t sent = bytes.empty() ? 0 : send(peer.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
        if (sent < 0 && errno != EAGAIN) bytes = {};
        if (bytes.empty() && !std::exchange(has_ended, true)) shutdown(peer.get(), SHUT_WR);
        context.poll();
        std::array<char, 4096> read{};
        for (ssize_t size = 1; size > 0;) {
            size = recv(peer.get(), read.data(), read.size(), 0);
            if (size > 0) answers.append(read.data(), static_cast<std::size_t>(size));
        }
        context.restart();
    }
    return answers;
}

/// Takes the answers apart. The last one may be cut: a session ends where its peer ends.
void require_http(std::string_view answers) {
    while (!answers.empty()) {
        http::ResponseReader reader(4 * header_bytes, false);
        std::size_t fed = 0;
        const auto finish = [&](auto read) {
            auto progress = read();
            for (; progress == http::ResponseReader::Progress::wants_more && fed < answers.size(); ++fed) {
                std::memcpy(reader.room().data(), answers.data() + fed, 1);
                reader.commit(1);
                progress = read();
            }
            require(progress != http::ResponseReader::Progress::malformed, "an answer is HTTP", answers);
            return progress == http::ResponseReader::Progress::complete;
        };
        if (!finish([&] { return reader.head(); })) return;
        const bool has_body = reader.response().header("x-method") != "HEAD";
        if (has_body && !finish([&] { return reader.next_piece(); })) return;
        answers.remove_prefix(fed);
    }
}

void run_http(std::string_view input) {
    if (input.empty()) return;
    const std::size_t piece_bytes = 1U + static_cast<unsigned char>(input.front()) % 32U;
    const std::string_view bytes = input.substr(1);
    const Requests whole = requests_in(bytes, std::string_view::npos);
    const Requests in_pieces = requests_in(bytes, piece_bytes);
    require(whole.seen == in_pieces.seen, "requests do not depend on pieces: " + whole.seen, in_pieces.seen);
    require(whole.is_refused || !in_pieces.is_refused, "what is refused in pieces is refused in whole");
    require_http(answers_to(bytes));
}

}  // namespace
}  // namespace plocal::fuzz

PLOCAL_FUZZ_TARGET(http, plocal::fuzz::run_http)
