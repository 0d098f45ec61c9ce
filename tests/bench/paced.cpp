// paced PORT RATE SECONDS: describes a campaign of tests/bench/films.sh RATE times a second over a few connections, and
// prints the median, the 99th percentile and the longest time to an answer, in microseconds. Times count from the
// moment when a request was to be sent, so a server that stalls is not spared. With the rate 0 each connection asks as
// often as it can, and the requests per second are printed: what the same connections reach.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <unistd.h>

#include "tests/bench/loopback.h"

namespace {

using Clock = std::chrono::steady_clock;
using Microseconds = std::chrono::duration<double, std::micro>;

constexpr int connections = 16;

std::string describe_request() {
    const std::string body = R"({"campaignArn":"arn:aws:personalize:us-east-1:000000000000:campaign/personal"})";
    return "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-amz-json-1.1\r\n"
           "x-amz-target: AmazonPersonalize.DescribeCampaign\r\ncontent-length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// Sends a request and reads its answer, which ends with the body's closing braces.
void ask(int descriptor, const std::string& request) {
    std::array<char, 8192> answer{};
    std::size_t size = 0;
    if (write(descriptor, request.data(), request.size()) < 0) std::exit(1);
    do {
        const ssize_t count = read(descriptor, answer.data() + size, answer.size() - size);
        if (count <= 0) std::exit(1);
        size += static_cast<std::size_t>(count);
    } while (!std::string_view(answer.data(), size).ends_with("}}"));
    if (!std::string_view(answer.data(), size).starts_with("HTTP/1.1 200")) std::exit(1);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    const int port = std::atoi(argv[1]);
    const double rate = std::atof(argv[2]);
    const double seconds = std::atof(argv[3]);
    const auto requests = static_cast<std::size_t>(rate * seconds / connections);
    std::vector<std::vector<double>> times(connections);
    const auto begin = Clock::now();
    const auto run = [&](int connection) {
        const int descriptor = plocal::bench::connect_to(port);
        if (descriptor < 0) std::exit(1);
        const std::string request = describe_request();
        const auto end = begin + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
        for (std::size_t i = 0; rate == 0 ? Clock::now() < end : i < requests; ++i) {
            const double place = static_cast<double>(i * connections) + connection;
            auto moment = begin;
            if (rate > 0) {
                moment += std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(place / rate));
                std::this_thread::sleep_until(moment);
            }
            ask(descriptor, request);
            times[static_cast<std::size_t>(connection)].push_back(Microseconds(Clock::now() - moment).count());
        }
        close(descriptor);
    };
    std::vector<std::thread> threads;
    for (int i = 0; i < connections; ++i) threads.emplace_back(run, i);
    for (std::thread& thread : threads) thread.join();
    std::vector<double> all;
    for (const auto& each : times) all.insert(all.end(), each.begin(), each.end());
    if (rate == 0) {
        std::printf("%.0f\n", static_cast<double>(all.size()) / seconds);
        return 0;
    }
    std::ranges::sort(all);
    std::printf("%.0f %.0f %.0f\n", all[all.size() / 2], all[all.size() * 99 / 100], all.back());
    return 0;
}
