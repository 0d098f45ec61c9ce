#include "tests/support/scripted_endpoint.h"

#include <algorithm>
#include <utility>

#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>

#include "server/base/text.h"

namespace plocal::test {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

/// Splits "GET /a HTTP/1.1" and the lines of headers.
ReceivedRequest parse_head(std::string_view head) {
    ReceivedRequest request;
    const std::string_view first = head.substr(0, head.find("\r\n"));
    request.method = first.substr(0, first.find(' '));
    const std::size_t target = request.method.size() + 1;
    request.target = first.substr(target, first.rfind(' ') - target);
    for (std::size_t at = first.size() + 2; at < head.size();) {
        const std::size_t end = head.find("\r\n", at);
        const std::string_view line = head.substr(at, end - at);
        const std::size_t colon = std::min(line.find(':'), line.size());
        if (colon + 2 <= line.size()) request.headers[base::lower(line.substr(0, colon))] = line.substr(colon + 2);
        at = end + 2;
    }
    return request;
}

/// Returns false if the client leaves before its request is complete.
bool receive(tcp::socket& socket, ReceivedRequest& request) {
    std::string bytes;
    boost::system::error_code code;
    const std::size_t head = asio::read_until(socket, asio::dynamic_buffer(bytes), "\r\n\r\n", code);
    if (code) return false;
    request = parse_head(std::string_view(bytes).substr(0, head - 2));
    request.body = bytes.substr(head);
    const auto size = base::parse_number<std::size_t>(request.headers["content-length"]).value_or(0);
    const std::size_t come = request.body.size();
    request.body.resize(std::max(size, come));
    asio::read(socket, asio::buffer(request.body.data() + come, request.body.size() - come), code);
    return !code;
}

}  // namespace

ScriptedEndpoint::ScriptedEndpoint(std::vector<Step> steps)
    : steps_(std::move(steps)),
      acceptor_(context_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)),
      endpoint_(acceptor_.local_endpoint()),
      thread_([this] { run(); }) {}

ScriptedEndpoint::~ScriptedEndpoint() {
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
    }
    // A client that wakes the thread, which then ends.
    boost::system::error_code ignored;
    tcp::socket socket(context_);
    socket.connect(endpoint_, ignored);
    socket.close(ignored);
    thread_.join();
}

void ScriptedEndpoint::run() {
    for (std::size_t count = 0;;) {
        boost::system::error_code code;
        tcp::socket socket(context_);
        acceptor_.accept(socket, code);
        ReceivedRequest request;
        const bool is_complete = !code && receive(socket, request);
        {
            const std::lock_guard lock(mutex_);
            if (is_stopping_) return;
            if (!is_complete) continue;
            requests_.push_back(request);
        }
        ScriptedPeer peer(socket);
        steps_[std::min(count++, steps_.size() - 1)](request, peer);
    }
}

std::vector<ReceivedRequest> ScriptedEndpoint::requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
}

std::vector<std::string> ScriptedEndpoint::lines() const {
    std::vector<std::string> lines;
    for (const ReceivedRequest& request : requests()) lines.push_back(request.line());
    return lines;
}

ScriptedEndpoint::Step answers(int status, const std::string& body, const std::string& headers) {
    return [=](const ReceivedRequest&, ScriptedPeer& peer) {
        peer.send("HTTP/1.1 " + std::to_string(status) + " Status\r\n" + headers +
                  "content-length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    };
}

ScriptedEndpoint::Step answers_bytes(const std::string& bytes) {
    return [=](const ReceivedRequest&, ScriptedPeer& peer) { peer.send(bytes); };
}

ScriptedEndpoint::Step resets_after(const std::string& bytes) {
    return [=](const ReceivedRequest&, ScriptedPeer& peer) {
        peer.send(bytes);
        peer.reset();
    };
}

ScriptedEndpoint::Step falls_silent_after(const std::string& bytes) {
    return [=](const ReceivedRequest&, ScriptedPeer& peer) {
        peer.send(bytes);
        peer.wait_for_end();
    };
}

}  // namespace plocal::test
