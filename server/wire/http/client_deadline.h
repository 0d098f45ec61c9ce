// The deadlines of one exchange of the client: a step has one, and the whole exchange has one. Used on one executor
// that runs one handler at a time.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace plocal::http {

class ClientDeadline {
public:
    /// `whole` is the most that all steps together may take; nothing for any time.
    ClientDeadline(const boost::asio::any_io_executor& executor, std::optional<std::chrono::milliseconds> whole);
    ClientDeadline(const ClientDeadline&) = delete;
    ClientDeadline& operator=(const ClientDeadline&) = delete;
    ~ClientDeadline();

    /// Starts a step. When it takes longer than `limit`, all that the socket is doing ends with operation_aborted, as
    /// it does when the whole exchange takes too long. The socket must outlive this or the next call.
    void start(boost::asio::ip::tcp::socket& socket, std::chrono::milliseconds limit);

    /// For a time in which the socket does nothing. The whole exchange is not given more time.
    void pause();

    /// Whether the deadline of the step or of the exchange has passed.
    bool has_passed() const;

    /// Whether it is that of the exchange.
    bool has_exchange_passed() const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace plocal::http
