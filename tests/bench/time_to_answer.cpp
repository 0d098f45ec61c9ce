// time_to_answer PROGRAM [RUNS [ARGUMENT...]]: measures the time from exec to the first answer of a server that is
// started with these arguments, in milliseconds.
#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

#include "tests/bench/loopback.h"

namespace {

struct Child {
    pid_t pid;
    int output;
};

Child start(std::vector<const char*> arguments) {
    std::array<int, 2> pipe_ends{};
    if (pipe(pipe_ends.data()) != 0) std::exit(1);
    const pid_t pid = fork();
    if (pid == 0) {
        dup2(pipe_ends[1], STDOUT_FILENO);
        close(pipe_ends[0]);
        arguments.push_back(nullptr);
        execv(arguments.front(), const_cast<char**>(arguments.data()));  // NOLINT(*-const-cast): as POSIX has it
        _exit(127);
    }
    close(pipe_ends[1]);
    return {pid, pipe_ends[0]};
}

int port_of_ready_line(int output) {
    std::string line;
    char c = 0;
    while (read(output, &c, 1) == 1 && c != '\n') line += c;
    const std::size_t colon = line.find(':', line.find("http://") + 5);
    return colon == std::string::npos ? 0 : std::atoi(line.c_str() + colon + 1);
}

bool is_healthy(int port) {
    const int descriptor = plocal::bench::connect_to(port);
    if (descriptor < 0) return false;
    const std::string request = "GET /_local/health HTTP/1.1\r\nhost: localhost\r\n\r\n";
    std::array<char, 4096> answer{};
    const bool answered = write(descriptor, request.data(), request.size()) > 0 &&
                          read(descriptor, answer.data(), answer.size()) > 0 &&
                          std::string(answer.data()).starts_with("HTTP/1.1 200");
    close(descriptor);
    return answered;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) return 2;
    const int runs = argc > 2 ? std::atoi(argv[2]) : 20;
    std::vector<const char*> arguments{argv[1], "--port", "0", "--log-level", "off"};
    arguments.insert(arguments.end(), argv + std::min(argc, 3), argv + argc);
    std::vector<double> times;
    for (int i = 0; i < runs; ++i) {
        const auto began = std::chrono::steady_clock::now();
        const Child child = start(arguments);
        const bool answered = is_healthy(port_of_ready_line(child.output));
        const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - began;
        kill(child.pid, SIGTERM);
        waitpid(child.pid, nullptr, 0);
        close(child.output);
        if (!answered) return 1;
        times.push_back(took.count());
    }
    std::ranges::sort(times);
    std::printf("exec to first answer: median %.1f ms, slowest of %d runs %.1f ms\n", times[times.size() / 2], runs,
                times.back());
}
