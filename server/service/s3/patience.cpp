#include "server/service/s3/patience.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <thread>

#include "server/service/s3/store_errors.h"
#include "server/wire/http/client_connect.h"

namespace plocal::s3 {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

constexpr milliseconds longest_pause{2'000};
constexpr milliseconds step{50};  // between two checks whether the work is aborted

}  // namespace

milliseconds Patience::left() const {
    return std::max(milliseconds{1}, std::chrono::ceil<milliseconds>(end_ - steady_clock::now()));
}

http::ClientLimits Patience::limits() const {
    http::ClientLimits limits;
    limits.silence = left();
    limits.connect = std::min(limits.connect, limits.silence);
    return limits;
}

bool Patience::wait(const Access& access) {
    const steady_clock::time_point next = steady_clock::now() + pause_;
    if (next >= end_) return false;
    for (steady_clock::time_point now = steady_clock::now(); now < next; now = steady_clock::now()) {
        require_wanted(access);
        std::this_thread::sleep_for(std::min<steady_clock::duration>(step, next - now));
    }
    require_wanted(access);
    pause_ = std::min(2 * pause_, longest_pause);
    ++attempts_;
    return true;
}

std::string Patience::attempts() const {
    if (!has_retried()) return "";
    return std::to_string(attempts_) + " attempts in " + http::limit_text(limit_);
}

bool may_pass(http::ClientError::Kind kind) {
    using Kind = http::ClientError::Kind;
    return kind == Kind::unresolved || kind == Kind::not_connected || kind == Kind::timed_out || kind == Kind::cut;
}

bool may_pass(int status, std::string_view code) {
    constexpr std::array passing = {std::string_view("InternalError"),      std::string_view("SlowDown"),
                                    std::string_view("ServiceUnavailable"), std::string_view("RequestTimeout"),
                                    std::string_view("OperationAborted"),   std::string_view("ThrottlingException")};
    return status == 408 || status == 429 || status == 500 || status == 502 || status == 503 || status == 504 ||
           std::ranges::find(passing, code) != passing.end();
}

}  // namespace plocal::s3
