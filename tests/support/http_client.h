// An HTTP client that does nothing by itself: it sends the bytes it is told to and reads one answer at a time. Blocks;
// throws std::runtime_error when nothing comes for ten seconds, so that no test can hang.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>

namespace plocal::test {

struct Answer {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;  // as they came
    std::string body;

    /// The value of the one header of this spelling; empty where there is none or are several.
    std::string header(std::string_view name) const;
};

class HttpClient {
public:
    explicit HttpClient(const boost::asio::ip::tcp::endpoint& server);

    /// Opens the socket without connecting it.
    HttpClient();
    virtual ~HttpClient() = default;
    void connect(const boost::asio::ip::tcp::endpoint& server);

    virtual void send(std::string_view bytes);

    /// Sends for as long as the peer takes it: a peer that hangs up in between is no failure.
    void send_what_is_taken(std::string_view bytes);
    void finish_sending();

    /// The next answer; interim ones too. Of an answer to HEAD, say that it has no body.
    Answer read_answer(bool has_body = true);
    Answer ask(std::string_view bytes);

    /// Everything up to the connection's end, be it orderly or not.
    std::string read_to_end();

    /// What the connection ended with, once it has: eof, or what went wrong.
    boost::system::error_code end() const { return end_; }

    /// Whether nothing has come that is not read yet, nor an end, at this moment.
    bool hears_nothing();

    /// Resets the connection, where an orderly end would be read as one.
    void vanish();

protected:
    /// What has come by now is added to `unread`; false at the end of the connection, of which `end` tells.
    virtual bool read_some(std::string& unread, boost::system::error_code& end);

    /// Waits for something to come.
    void wait_readable();

    boost::asio::ip::tcp::socket& socket() { return socket_; }

private:
    bool read_some() { return read_some(unread_, end_); }

    boost::asio::ip::tcp::socket socket_;
    std::string unread_;
    boost::system::error_code end_;
};

/// Returns what `attempt` returns. Where it throws it is made again, a hundred times at most: limits of a few
/// milliseconds are over before a client speaks that is scheduled late.
template <class Attempt>
auto in_time(Attempt attempt) {
    constexpr int most_attempts = 100;
    for (int attempts = 1;; ++attempts) {
        try {
            return attempt();
        } catch (const std::runtime_error&) {
            if (attempts == most_attempts) throw;
        }
    }
}

}  // namespace plocal::test
