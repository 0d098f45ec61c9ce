// crowd PROGRAM [IDLE] [WAITS]: what a crowd costs that does nothing: the memory of a server with many idle connections
// and many waits at once, and the time to answers of others while hundreds of peers read or write slowly. Compare times
// only as ratios: they depend on the machine.
#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/bench/loopback.h"

namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr const char* job = "arn:aws:personalize:us-east-1:000000000000:batch-inference-job/held";

/// A world with a job that stays in progress, and with much to list.
std::string world_json() {
    std::string jobs;
    for (int i = 0; i < 400; ++i) {
        jobs += R"(,{"batchInferenceJobArn":"arn:aws:personalize:us-east-1:000000000000:batch-inference-job/job-)";
        jobs += std::to_string(i) + R"("})";
    }
    return R"({"batchInferenceJobs":[{"batchInferenceJobArn":")" + std::string(job) + R"(","status":"PENDING"})" +
           jobs + "]}";
}

[[noreturn]] void give_up(const char* why) {
    std::fprintf(stderr, "crowd: %s\n", why);
    std::exit(1);
}

class Server {
public:
    explicit Server(const char* program) {
        std::array<int, 2> ends{};
        if (pipe(ends.data()) != 0) give_up("no pipe");
        const std::string world = world_json();
        pid_ = fork();
        if (pid_ == 0) {
            dup2(ends[1], STDOUT_FILENO);
            execl(program, program, "--port", "0", "--log-level", "off", "--clock", "frozen", "--threads", "2",
                  "--fixtures-json", world.c_str(), nullptr);
            _exit(127);
        }
        close(ends[1]);
        std::string line;
        char c = 0;
        while (read(ends[0], &c, 1) == 1 && c != '\n') line += c;
        close(ends[0]);
        const std::size_t colon = line.find(':', line.find("http://") + 5);
        if (colon == std::string::npos) give_up("the server is not ready");
        port_ = std::atoi(line.c_str() + colon + 1);
    }
    ~Server() {
        kill(pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    int port() const { return port_; }

    /// In MB of memory: all that is resident.
    double resident_mb() const {
        std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
        for (std::string line; std::getline(status, line);) {
            if (line.starts_with("VmRSS:")) return std::atof(line.c_str() + 6) / 1024;
        }
        give_up("the server has ended");
    }

private:
    pid_t pid_ = 0;
    int port_ = 0;
};

void send_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = write(descriptor, text.data(), text.size());
        if (count <= 0) give_up("a request cannot be sent");
        text.remove_prefix(static_cast<std::size_t>(count));
    }
}

/// Reads one answer with a length, and returns whether its status is 200.
bool receive(int descriptor) {
    std::string answer;
    std::array<char, 16384> piece{};
    for (std::size_t needed = 0; needed == 0 || answer.size() < needed;) {
        const ssize_t count = read(descriptor, piece.data(), piece.size());
        if (count <= 0) return false;
        answer.append(piece.data(), static_cast<std::size_t>(count));
        const std::size_t head = answer.find("\r\n\r\n");
        if (needed != 0 || head == std::string::npos) continue;
        const std::size_t length = answer.find("ontent-length: ");
        needed = head + 4;
        if (length < head) needed += static_cast<std::size_t>(std::atoi(answer.c_str() + length + 15));
    }
    return answer.starts_with("HTTP/1.1 200");
}

std::string get(const std::string& target) {
    return "GET " + target + " HTTP/1.1\r\nhost: localhost\r\n\r\n";
}

std::string post(const std::string& target, const std::string& headers, const std::string& body) {
    return "POST " + target + " HTTP/1.1\r\nhost: localhost\r\n" + headers +
           "content-length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string of_service(const std::string& operation, const std::string& input) {
    return post("/",
                "content-type: application/x-amz-json-1.1\r\nx-amz-target: AmazonPersonalize." + operation + "\r\n",
                input);
}

std::string describe() {
    return of_service("DescribeBatchInferenceJob", R"({"batchInferenceJobArn":")" + std::string(job) + "\"}");
}

std::string list() {
    return of_service("ListBatchInferenceJobs", R"({"maxResults":100})");
}

int connected(int port) {
    const int descriptor = plocal::bench::connect_to(port);
    if (descriptor < 0) give_up("the server takes no more connections");
    return descriptor;
}

void measure_memory(const Server& server, int idle, int waits) {
    const double before = server.resident_mb();
    std::vector<int> all;
    all.reserve(static_cast<std::size_t>(idle) + static_cast<std::size_t>(waits));
    for (int i = 0; i < idle; ++i) {
        all.push_back(connected(server.port()));
        send_all(all.back(), describe());
        if (!receive(all.back())) give_up("an answer is not 200");
    }
    const double with_idle = server.resident_mb();
    for (int i = 0; i < waits; ++i) {
        all.push_back(connected(server.port()));
        send_all(all.back(), get("/_local/wait?arn=" + std::string(job) + "&status=ACTIVE&timeout=5m"));
    }
    const int control = connected(server.port());
    send_all(control, get("/_local/health"));
    if (!receive(control)) give_up("nobody else is answered");
    std::this_thread::sleep_for(std::chrono::seconds(1));  // until the last wait has been read
    const double with_waits = server.resident_mb();
    const auto began = Clock::now();
    send_all(control, post("/_local/clock/advance", "", R"({"by":"1h"})"));
    for (std::size_t i = static_cast<std::size_t>(idle); i < all.size(); ++i) {
        if (!receive(all[i])) give_up("a wait is not answered");
    }
    const double took = Milliseconds(Clock::now() - began).count();
    for (const int each : all) close(each);
    close(control);
    std::printf(
        "memory: %.1f MB alone, %.1f MB with %d idle connections, %.1f MB with %d waits too (target 100 or less);"
        " all waits answered %.0f ms after the change\n",
        before, with_idle, idle, with_waits, waits, took);
}

/// The 99th percentile of the time to an answer, in milliseconds, over connections that ask at a steady rate. Times
/// count from the moment when a request was to be sent, so a server that stalls is not spared.
double p99_ms(int port, double rate, double seconds) {
    constexpr int connections = 8;
    std::vector<std::vector<double>> times(connections);
    const auto begin = Clock::now();
    const auto run = [&](int connection) {
        const int descriptor = connected(port);
        const std::string request = describe();
        for (int i = connection; i < static_cast<int>(rate * seconds); i += connections) {
            const auto moment =
                begin + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(i / rate));
            std::this_thread::sleep_until(moment);
            send_all(descriptor, request);
            if (!receive(descriptor)) give_up("an answer is not 200");
            times[static_cast<std::size_t>(connection)].push_back(Milliseconds(Clock::now() - moment).count());
        }
        close(descriptor);
    };
    std::vector<std::thread> threads;
    threads.reserve(connections);
    for (int i = 0; i < connections; ++i) threads.emplace_back(run, i);
    for (std::thread& thread : threads) thread.join();
    std::vector<double> all;
    for (const auto& each : times) all.insert(all.end(), each.begin(), each.end());
    std::ranges::sort(all);
    return all[all.size() * 99 / 100];
}

/// Waits until the server has done what it was asked for: fifty requests in a row are answered at once.
void wait_until_idle(int port) {
    constexpr int in_a_row = 50;
    constexpr double at_once_ms = 5;
    const int descriptor = connected(port);
    const std::string request = describe();
    for (int quick = 0; quick < in_a_row; ++quick) {
        const auto began = Clock::now();
        send_all(descriptor, request);
        if (!receive(descriptor)) give_up("an answer is not 200");
        if (Milliseconds(Clock::now() - began).count() > at_once_ms) quick = 0;
    }
    close(descriptor);
}

/// Peers that read long answers a few bytes at a time, and peers that write a request two bytes at a time.
class SlowPeers {
public:
    SlowPeers(int port, int readers, int writers) {
        for (int i = 0; i < readers; ++i) readers_.push_back(slow_reader(port));
        for (int i = 0; i < writers; ++i) writers_.push_back({connected(port), 0});
        thread_ = std::thread([this] { run(); });
    }
    ~SlowPeers() {
        is_stopping_ = true;
        thread_.join();
        for (const int each : readers_) close(each);
        for (const Writer& each : writers_) close(each.descriptor);
    }
    SlowPeers(const SlowPeers&) = delete;
    SlowPeers& operator=(const SlowPeers&) = delete;

private:
    struct Writer {
        int descriptor;
        std::size_t written;
    };

    /// Has sent more requests than answers fit into its buffers.
    static int slow_reader(int port) {
        const int descriptor = connected(port);
        const int small = 4096;
        setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
        fcntl(descriptor, F_SETFL, O_NONBLOCK);
        const std::string request = list();
        for (int i = 0; i < 40; ++i) {
            if (write(descriptor, request.data(), request.size()) < 0) break;
        }
        return descriptor;
    }

    /// Each peer moves a few bytes about twenty times a second, not all at the same moment.
    void run() {
        constexpr std::size_t shares = 25;
        const std::string request = describe();
        for (std::size_t share = 0; !is_stopping_; share = (share + 1) % shares) {
            for (std::size_t i = share; i < readers_.size(); i += shares) read_some(readers_[i]);
            for (std::size_t i = share; i < writers_.size(); i += shares) write_some(writers_[i], request);
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    }

    static void read_some(int descriptor) {
        std::array<char, 64> few{};
        static_cast<void>(!read(descriptor, few.data(), few.size()));
    }

    static void write_some(Writer& writer, const std::string& request) {
        constexpr std::size_t piece = 2;  // a request takes less than the ten seconds that its head may take
        const ssize_t count =
            write(writer.descriptor, request.data() + writer.written, std::min(piece, request.size() - writer.written));
        if (count > 0) writer.written = (writer.written + static_cast<std::size_t>(count)) % request.size();
    }

    std::vector<int> readers_;
    std::vector<Writer> writers_;
    std::atomic<bool> is_stopping_ = false;
    std::thread thread_;
};

void measure_slow_peers(const Server& server) {
    constexpr double rate = 2000;
    constexpr double seconds = 2;
    constexpr int rounds = 5;
    constexpr int of_each = 300;
    p99_ms(server.port(), rate, 1);  // warm
    std::vector<double> alone;
    std::vector<double> beside;
    for (int i = 0; i < rounds; ++i) {
        alone.push_back(p99_ms(server.port(), rate, seconds));
        const SlowPeers peers(server.port(), of_each, of_each);
        wait_until_idle(server.port());
        beside.push_back(p99_ms(server.port(), rate, seconds));
    }
    std::ranges::sort(alone);
    std::ranges::sort(beside);
    const double usual = alone[rounds / 2];
    const double slow = beside[rounds / 2];
    std::printf(
        "Describe at %.0f requests/s, medians of %d rounds: p99 %.2f ms alone, %.2f ms beside %d slow readers and %d "
        "slow writers: %.2f times (target 2 or less)\n",
        rate, rounds, usual, slow, of_each, of_each, slow / usual);
}

/// Lets this process and the server that it starts open as many descriptors as the system allows.
void raise_limit() {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return 2;
    std::signal(SIGPIPE, SIG_IGN);
    raise_limit();
    const int idle = argc > 2 ? std::atoi(argv[2]) : 8000;
    const int waits = argc > 3 ? std::atoi(argv[3]) : 1500;
    const Server server(argv[1]);
    measure_memory(server, idle, waits);
    measure_slow_peers(server);
    return 0;
}
