#include "server/local/control/clock_jump.h"

#include "server/base/iso8601.h"
#include "server/base/problem.h"
#include "server/local/world/clock_setting.h"

namespace plocal::control {

using base::Instant;
using base::Json;
using resources::DueDone;

Instant ClockJump::latest_moment() {
    return *base::parse_iso8601("9999-12-31T23:59:59Z");
}

bool ClockJump::begin() {
    if (!move_) move_ = world_.due().begin_move(account_);
    return move_ != nullptr;
}

void ClockJump::aim(Instant moment) {
    if (moment > latest_moment()) {
        end();
        throw ControlError(400, base::mismatch("a moment before the year 10000", base::iso8601(moment)));
    }
    target_ = moment;
    reached_ = clock().now();
}

void ClockJump::step(RealTime end_of_slice) {
    const Instant now = clock().now();
    if (now < reached_) {
        end();
        throw ControlError(409, "another call has set the clock back meanwhile; it is " + base::iso8601(now));
    }
    const std::int64_t most = world_.settings().due.move_pieces;
    if (done().pieces >= most) return bound("after " + std::to_string(most) + " pieces of due work");
    if (world_.move_clock(*move_, *target_, end_of_slice)) target_.reset();
    reached_ = clock().now();
}

void ClockJump::bound(std::string why) {
    bound_ = std::move(why);
    target_.reset();
    world_.due().note("the move of the clock has stopped " + bound_ + ", at " + base::iso8601(clock().now()));
}

void ClockJump::end() {
    if (!move_) return;
    world_.due().end_move(*move_);
    done_.add(move_->done);
    move_.reset();
}

Json ClockJump::answer() {
    Json answer = world::to_json(clock().state());
    for (const auto& [name, count] : done().counts) answer["done"][name] = count;
    if (is_bounded()) answer["stopped"] = bound_;
    return answer;
}

ControlError ClockJump::refusal_at_stop() {
    end();
    std::string text = "the server stops; the clock has come to " + base::iso8601(clock().now());
    if (target_) text += " and not to " + base::iso8601(*target_);
    for (const auto& [name, count] : done().counts) text += ", " + name + ": " + std::to_string(count);
    return {503, text};
}

DueDone ClockJump::done() const {
    DueDone sum = done_;
    if (move_) sum.add(move_->done);
    return sum;
}

}  // namespace plocal::control
