// An HTTP client that adds nothing by itself: it sends the bytes that it is given and reads one response at a time. Its
// functions block, and throw std::runtime_error if nothing comes for ten seconds, so no test can hang.
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
    std::vector<std::pair<std::string, std::string>> headers;  // in the order and spelling of the sender
    std::string body;

    /// The value of the one header of this spelling; empty if there is none or more than one.
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

    /// Sends until the peer closes the connection, which is not an error.
    void send_what_is_taken(std::string_view bytes);
    void finish_sending();

    /// Reads the next response, which may be an interim one. Pass false for a response to HEAD. A chunked body is
    /// joined.
    Answer read_answer(bool has_body = true);

    /// Sends a request and reads the next response.
    Answer ask(std::string_view bytes);

    /// Reads the next chunk of a chunked body, whose head was read without a body. Returns "" for the last one.
    std::string read_chunk();

    /// Reads at least this many bytes, and returns so many. Throws if the connection ends before.
    std::string read_bytes(std::size_t size);

    /// Reads until the connection ends in any way.
    std::string read_to_end();

    /// How the connection ended: eof, or an error. Set once it has.
    boost::system::error_code end() const { return end_; }

    /// Whether neither an unread byte nor the end of the connection has come until now.
    bool is_quiet();

    /// Resets the connection instead of ending it in order.
    void reset();

protected:
    /// Appends what has come to `unread`. Returns false at the end of the connection and sets `end`.
    virtual bool read_some(std::string& unread, boost::system::error_code& end);

    /// Waits until something has come.
    void wait_readable();

    boost::asio::ip::tcp::socket& socket() { return socket_; }

private:
    bool read_some() { return read_some(unread_, end_); }
    std::string read_line();
    std::string read_chunks();

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
