#include "tests/support/scripted_server.h"

#include <array>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

namespace plocal::test {

namespace asio = boost::asio;
using asio::ip::tcp;

std::string ScriptedPeer::read_until(std::string_view text) {
    std::string all;
    boost::system::error_code ignored;
    asio::read_until(socket_, asio::dynamic_buffer(all), text, ignored);
    return all;
}

bool ScriptedPeer::send(std::string_view bytes) {
    boost::system::error_code code;
    asio::write(socket_, asio::buffer(bytes), code);
    return !code;
}

void ScriptedPeer::reset() {
    boost::system::error_code ignored;
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    socket_.close(ignored);
}

void ScriptedPeer::wait_for_end() {
    std::array<char, 4096> bytes{};
    boost::system::error_code code;
    while (!code) socket_.read_some(asio::buffer(bytes), code);
}

ScriptedServer::ScriptedServer(Script script)
    : acceptor_(context_, tcp::endpoint(asio::ip::address_v4::loopback(), 0)), endpoint_(acceptor_.local_endpoint()) {
    thread_ = std::thread([this, script = std::move(script)] {
        boost::system::error_code code;
        tcp::socket socket(context_);
        acceptor_.accept(socket, code);
        ScriptedPeer peer(socket);
        if (!code) script(peer);
    });
}

ScriptedServer::~ScriptedServer() {
    // A client that never came is replaced, so that the thread ends.
    boost::system::error_code ignored;
    tcp::socket socket(context_);
    socket.connect(endpoint_, ignored);
    socket.close(ignored);
    thread_.join();
}

}  // namespace plocal::test
