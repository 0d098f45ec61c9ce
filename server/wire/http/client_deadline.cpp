#include "server/wire/http/client_deadline.h"

#include <algorithm>

#include <boost/asio/steady_timer.hpp>

namespace plocal::http {

using boost::asio::ip::tcp;
using Clock = std::chrono::steady_clock;

// Shared with the timer's handler, which may run after the deadline is destroyed. A step only writes its deadline down;
// the timer is set again when it fires too early, so that most steps need no timer.
struct ClientDeadline::State {
    explicit State(const boost::asio::any_io_executor& executor) : timer(executor) {}

    Clock::time_point next() const { return std::min(step, whole); }
    static void arm(const std::shared_ptr<State>& state);

    boost::asio::steady_timer timer;
    tcp::socket* socket = nullptr;
    Clock::time_point step = Clock::time_point::max();
    Clock::time_point whole = Clock::time_point::max();
    Clock::time_point armed_for = Clock::time_point::max();
};

void ClientDeadline::State::arm(const std::shared_ptr<State>& state) {
    state->armed_for = state->next();
    state->timer.expires_at(state->armed_for);
    state->timer.async_wait([state](const boost::system::error_code& code) {
        if (code || state->socket == nullptr) return;
        if (Clock::now() < state->next()) {
            arm(state);
            return;
        }
        boost::system::error_code ignored;
        state->armed_for = Clock::time_point::max();
        state->socket->cancel(ignored);
    });
}

ClientDeadline::ClientDeadline(const boost::asio::any_io_executor& executor,
                               std::optional<std::chrono::milliseconds> whole)
    : state_(std::make_shared<State>(executor)) {
    if (whole) state_->whole = Clock::now() + *whole;
}

ClientDeadline::~ClientDeadline() {
    state_->socket = nullptr;
    state_->timer.cancel();
}

void ClientDeadline::start(tcp::socket& socket, std::chrono::milliseconds limit) {
    state_->socket = &socket;
    state_->step = Clock::now() + limit;
    if (state_->next() < state_->armed_for) State::arm(state_);
}

void ClientDeadline::pause() {
    state_->step = Clock::time_point::max();
}

bool ClientDeadline::has_passed() const {
    return Clock::now() >= state_->next();
}

bool ClientDeadline::has_exchange_passed() const {
    return Clock::now() >= state_->whole;
}

}  // namespace plocal::http
