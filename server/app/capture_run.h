// Makes the calls of a plan, some of them at once, until none is left. Blocks the calling thread.
#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>

#include "server/app/capture_client.h"
#include "server/local/capture/plan.h"

namespace plocal::app {

class CaptureRun {
public:
    static constexpr int most_at_once = 4;

    /// `report` takes a line about the progress now and then. All must outlive the run.
    CaptureRun(capture::Plan& plan, CaptureClient& client, const std::function<void(const std::string&)>& report)
        : plan_(plan), client_(client), report_(report) {}

    /// Returns when all calls have ended, well or badly.
    void run();

private:
    void start_calls();
    boost::asio::awaitable<void> make(capture::Call call);
    void report_progress();

    capture::Plan& plan_;
    CaptureClient& client_;
    const std::function<void(const std::string&)>& report_;
    boost::asio::io_context context_{1};
    int calls_ = 0;               // in progress
    std::size_t reported_ = 0;    // resources that had been described
    std::exception_ptr fault_{};  // of the program
};

}  // namespace plocal::app
