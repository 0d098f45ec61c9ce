// An HTTP endpoint for tests of clients that connect again and again: it does to each request what its script says, and
// keeps what it was asked. It runs on a thread of its own until it is destroyed.
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "tests/support/scripted_server.h"

namespace plocal::test {

struct ReceivedRequest {
    std::string method;
    std::string target;
    std::map<std::string, std::string> headers;  // names in lower case
    std::string body;

    /// "GET /bucket/key"
    std::string line() const { return method + " " + target; }
};

class ScriptedEndpoint {
public:
    using Step = std::function<void(const ReceivedRequest&, ScriptedPeer&)>;

    /// One step for each request, which comes on a connection of its own. The last step is for all that follow.
    explicit ScriptedEndpoint(std::vector<Step> steps);
    ScriptedEndpoint(const ScriptedEndpoint&) = delete;
    ScriptedEndpoint& operator=(const ScriptedEndpoint&) = delete;

    /// Waits for the end of the step that runs.
    ~ScriptedEndpoint();

    /// "http://127.0.0.1:PORT".
    std::string url() const { return "http://" + host(); }
    std::string host() const { return "127.0.0.1:" + std::to_string(endpoint_.port()); }

    std::vector<ReceivedRequest> requests() const;

    /// The method and target of each request.
    std::vector<std::string> lines() const;

private:
    void run();

    const std::vector<Step> steps_;
    boost::asio::io_context context_;
    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::ip::tcp::endpoint endpoint_;
    mutable std::mutex mutex_;
    std::vector<ReceivedRequest> requests_;
    bool is_stopping_ = false;
    std::thread thread_;
};

/// An answer with a body and its length. Headers are whole lines: "etag: \"1\"\r\n".
ScriptedEndpoint::Step answers(int status, const std::string& body, const std::string& headers = "");

/// Answers byte for byte, then closes the connection.
ScriptedEndpoint::Step answers_bytes(const std::string& bytes);

/// Resets the connection after these bytes.
ScriptedEndpoint::Step resets_after(const std::string& bytes);

/// Sends these bytes, then nothing until the client leaves.
ScriptedEndpoint::Step falls_silent_after(const std::string& bytes);

}  // namespace plocal::test
