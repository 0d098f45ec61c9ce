// A server for tests of clients: it accepts one connection and does what its script says, whatever it is asked. It runs
// on a thread of its own until it is destroyed.
#pragma once

#include <functional>
#include <future>
#include <string>
#include <string_view>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace plocal::test {

/// The server's side of the connection. Its functions block.
class ScriptedPeer {
public:
    explicit ScriptedPeer(boost::asio::ip::tcp::socket& socket) : socket_(socket) {}

    /// Reads until this text has come, and returns all until then with it. Returns less if the client leaves.
    std::string read_until(std::string_view text);

    /// Sends as much as the client accepts. Returns false if that is not all.
    bool send(std::string_view bytes);

    /// Resets the connection.
    void reset();

    /// Reads and drops until the client leaves.
    void wait_for_end();

private:
    boost::asio::ip::tcp::socket& socket_;
};

class ScriptedServer {
public:
    using Script = std::function<void(ScriptedPeer&)>;

    explicit ScriptedServer(Script script);
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    /// Waits for the end of the script.
    ~ScriptedServer();

    const boost::asio::ip::tcp::endpoint& endpoint() const { return endpoint_; }

    /// "http://127.0.0.1:PORT".
    std::string url() const { return "http://127.0.0.1:" + std::to_string(endpoint_.port()); }

private:
    boost::asio::io_context context_;
    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::ip::tcp::endpoint endpoint_;
    std::thread thread_;
};

}  // namespace plocal::test
