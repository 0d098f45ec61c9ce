#include "tests/support/http_client.h"

#include <array>
#include <stdexcept>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/write.hpp>
#include <poll.h>

namespace plocal::test {

using boost::asio::ip::tcp;

namespace {

constexpr int deadline_ms = 120'000;

// Shared by all clients because a context uses files of its own. It never runs.
boost::asio::io_context& idle_context() {
    static boost::asio::io_context context;
    return context;
}

Answer parse_head(std::string_view head) {
    Answer answer;
    answer.status = std::stoi(std::string(head.substr(head.find(' ') + 1, 3)));
    for (auto at = head.find("\r\n"); at != std::string_view::npos && at + 2 < head.size();) {
        const auto end = head.find("\r\n", at + 2);
        const auto line = head.substr(at + 2, end - at - 2);
        const auto colon = line.find(": ");
        answer.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
        at = end;
    }
    return answer;
}

}  // namespace

std::string Answer::header(std::string_view name) const {
    std::string found;
    for (const auto& [key, value] : headers) {
        if (key == name) {
            if (!found.empty()) {
                return {};
            }
            found = value;
        }
    }
    return found;
}

HttpClient::HttpClient() : socket_(idle_context(), tcp::v4()) {}

HttpClient::HttpClient(const tcp::endpoint& server) : HttpClient() {
    connect(server);
}

void HttpClient::connect(const tcp::endpoint& server) {
    socket_.connect(server);
    socket_.set_option(tcp::no_delay(true));
}

void HttpClient::send(std::string_view bytes) {
    boost::asio::write(socket_, boost::asio::buffer(bytes));
}

void HttpClient::send_what_is_taken(std::string_view bytes) {
    boost::system::error_code ignored;
    boost::asio::write(socket_, boost::asio::buffer(bytes), ignored);
}

void HttpClient::finish_sending() {
    boost::system::error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
}

void HttpClient::wait_readable() {
    pollfd readable{.fd = socket_.native_handle(), .events = POLLIN, .revents = 0};
    if (::poll(&readable, 1, deadline_ms) != 1) {
        throw std::runtime_error("the server has sent nothing for 10 s");
    }
}

bool HttpClient::read_some(std::string& unread, boost::system::error_code& end) {
    wait_readable();
    std::array<char, 65536>
        bytes;  // NOLINT(cppcoreguidelines-pro-type-member-init): large, and written before it is read
    const std::size_t size = socket_.read_some(boost::asio::buffer(bytes), end);
    unread.append(bytes.data(), size);
    return !end;
}

Answer HttpClient::read_answer(bool has_body) {
    std::size_t head_size = 0;
    while ((head_size = unread_.find("\r\n\r\n")) == std::string::npos) {
        if (!read_some()) {
            throw std::runtime_error("the connection ended within an answer's head: " + unread_);
        }
    }
    Answer answer = parse_head(std::string_view(unread_).substr(0, head_size));
    unread_.erase(0, head_size + 4);
    const std::string length = answer.header("content-length");
    if (has_body && answer.header("transfer-encoding") == "chunked") {
        answer.body = read_chunks();
    } else if (has_body && !length.empty()) {
        answer.body = read_bytes(std::stoul(length));
    }
    return answer;
}

std::string HttpClient::read_line() {
    std::size_t size = 0;
    while ((size = unread_.find("\r\n")) == std::string::npos) {
        if (!read_some()) {
            throw std::runtime_error("the connection ended within a line: " + unread_);
        }
    }
    return read_bytes(size + 2).substr(0, size);
}

std::string HttpClient::read_chunks() {
    std::string body;
    for (std::string chunk = read_chunk(); !chunk.empty(); chunk = read_chunk()) {
        body += chunk;
    }
    return body;
}

std::string HttpClient::read_chunk() {
    const std::size_t size = std::stoul(read_line(), nullptr, 16);
    std::string chunk = read_bytes(size);
    if (!read_line().empty()) {
        throw std::runtime_error("a chunk is longer than it says");
    }
    return chunk;
}

std::string HttpClient::read_bytes(std::size_t size) {
    while (unread_.size() < size) {
        if (!read_some()) {
            throw std::runtime_error("the connection ended within an answer's body");
        }
    }
    std::string bytes = unread_.substr(0, size);
    unread_.erase(0, size);
    return bytes;
}

Answer HttpClient::ask(std::string_view bytes) {
    send(bytes);
    return read_answer();
}

std::string HttpClient::read_to_end() {
    while (read_some()) {
    }
    return std::exchange(unread_, {});
}

bool HttpClient::is_quiet() {
    pollfd readable{.fd = socket_.native_handle(), .events = POLLIN, .revents = 0};
    return unread_.empty() && ::poll(&readable, 1, 0) == 0;
}

void HttpClient::reset() {
    socket_.set_option(boost::asio::socket_base::linger(true, 0));
    socket_.close();
}

}  // namespace plocal::test
