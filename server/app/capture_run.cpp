#include "server/app/capture_run.h"

#include <optional>
#include <utility>
#include <variant>

#include <boost/asio/co_spawn.hpp>

namespace plocal::app {

namespace asio = boost::asio;

void CaptureRun::run() {
    start_calls();
    context_.run();
    if (fault_) std::rethrow_exception(fault_);
}

void CaptureRun::start_calls() {
    while (calls_ < most_at_once && !fault_) {
        std::optional<capture::Call> call = plan_.next();
        if (!call) return;
        ++calls_;
        asio::co_spawn(context_, make(*std::move(call)), [this](const std::exception_ptr& fault) {
            --calls_;
            if (fault) fault_ = fault;
            start_calls();
        });
    }
}

asio::awaitable<void> CaptureRun::make(capture::Call call) {
    const CaptureClient::Result result = co_await client_.call(call.operation, call.input.dump());
    if (const auto* const failure = std::get_if<capture::Failure>(&result)) {
        plan_.fail(call, *failure);
    } else {
        plan_.take(call, std::get<base::Json>(result));
    }
    report_progress();
}

void CaptureRun::report_progress() {
    constexpr std::size_t step = 250;
    if (plan_.described() < reported_ + step) return;
    reported_ = plan_.described();
    report_(std::to_string(plan_.described()) + " of " + std::to_string(plan_.found()) + " resources read");
}

}  // namespace plocal::app
