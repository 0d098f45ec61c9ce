// bare_server FILE PORT THREADS: the baseline of the load test, a server of nothing but Beast and SQLite. The body of a
// request is the key of one prepared statement, which finds a ready answer; Beast writes it.
#include <cstdlib>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <sqlite3.h>

namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;

constexpr auto use_tuple = asio::as_tuple(asio::use_awaitable);

class Answers {
public:
    explicit Answers(const char* file) {
        sqlite3_open_v2(file, &database_, SQLITE_OPEN_READWRITE, nullptr);
        sqlite3_exec(database_, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -32768", nullptr, nullptr,
                     nullptr);
        sqlite3_prepare_v2(database_, "SELECT json FROM answer WHERE body = ?", -1, &select_, nullptr);
    }
    ~Answers() {
        sqlite3_finalize(select_);
        sqlite3_close(database_);
    }
    Answers(const Answers&) = delete;
    Answers& operator=(const Answers&) = delete;

    std::string find(const std::string& body) {
        const std::lock_guard lock(mutex_);
        sqlite3_bind_text(select_, 1, body.data(), static_cast<int>(body.size()), SQLITE_STATIC);
        std::string json;
        if (sqlite3_step(select_) == SQLITE_ROW) {
            json.assign(reinterpret_cast<const char*>(sqlite3_column_text(select_, 0)),
                        static_cast<std::size_t>(sqlite3_column_bytes(select_, 0)));
        }
        sqlite3_reset(select_);
        return json;
    }

private:
    sqlite3* database_ = nullptr;
    sqlite3_stmt* select_ = nullptr;
    std::mutex mutex_;
};

asio::awaitable<void> session(tcp::socket socket, Answers* answers) {
    boost::beast::flat_buffer buffer;
    for (;;) {
        http::request<http::string_body> request;
        const auto [read_error, read_size] = co_await http::async_read(socket, buffer, request, use_tuple);
        if (read_error) co_return;
        http::response<http::string_body> response(http::status::ok, request.version());
        response.set(http::field::content_type, "application/x-amz-json-1.1");
        response.body() = answers->find(request.body());
        response.prepare_payload();
        const auto [write_error, written] = co_await http::async_write(socket, response, use_tuple);
        if (write_error) co_return;
    }
}

asio::awaitable<void> accept(tcp::acceptor* acceptor, std::vector<std::unique_ptr<asio::io_context>>* contexts,
                             Answers* answers) {
    for (std::size_t next = 0;; ++next) {
        asio::io_context& context = *(*contexts)[next % contexts->size()];
        auto [error, socket] = co_await acceptor->async_accept(context, use_tuple);
        if (error) continue;
        socket.set_option(tcp::no_delay(true));
        asio::co_spawn(context, session(std::move(socket), answers), asio::detached);
    }
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    Answers answers(argv[1]);
    std::vector<std::unique_ptr<asio::io_context>> contexts;
    const int thread_count = std::atoi(argv[3]);
    contexts.reserve(static_cast<std::size_t>(thread_count));
    for (int i = 0; i < thread_count; ++i) contexts.push_back(std::make_unique<asio::io_context>(1));
    tcp::acceptor acceptor(*contexts.front(),
                           {asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(std::atoi(argv[2]))});
    asio::co_spawn(*contexts.front(), accept(&acceptor, &contexts, &answers), asio::detached);
    std::vector<std::thread> threads;
    std::vector<asio::executor_work_guard<asio::io_context::executor_type>> work;
    work.reserve(contexts.size());
    threads.reserve(contexts.size());
    for (const auto& context : contexts) {
        work.push_back(asio::make_work_guard(*context));
        threads.emplace_back([&context] { context->run(); });
    }
    for (std::thread& thread : threads) thread.join();
}
