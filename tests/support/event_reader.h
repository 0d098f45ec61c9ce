// Reads a stream of server-sent events over a real connection, one event at a time. Its functions block as those of
// HttpClient do.
#pragma once

#include <cstddef>
#include <string>

#include <boost/asio/ip/tcp.hpp>

#include "server/base/json.h"
#include "tests/support/http_client.h"
#include "tests/support/json_request.h"

namespace plocal::test {

struct StreamedEvent {
    std::string name;  // "end" at the end of the stream, "comment" for a comment
    std::string id;
    base::Json data;
};

class EventReader {
public:
    explicit EventReader(const boost::asio::ip::tcp::endpoint& server, const std::string& query = "",
                         const std::string& headers = "")
        : client_(server) {
        client_.send("GET /_local/stream" + query + " HTTP/1.1\r\n" + headers + "\r\n");
        head_ = client_.read_answer(false);
        if (head_.status == 200) text_ = client_.read_chunk();  // "retry"
        greeting_ = take_block();
    }

    const Answer& head() const { return head_; }
    const std::string& greeting() const { return greeting_; }
    HttpClient& client() { return client_; }

    StreamedEvent next() {
        while (text_.empty() && !is_over_) {
            text_ = client_.read_chunk();
            is_over_ = text_.empty();
        }
        if (is_over_) return {"end", "", nullptr};
        const std::string block = take_block();
        if (block.starts_with(":")) return {"comment", "", nullptr};
        return {line_of(block, "event: "), line_of(block, "id: "), base::Json::parse(line_of(block, "data: "))};
    }

    /// The next event that has this name.
    StreamedEvent next(const std::string& name) {
        StreamedEvent event = next();
        while (event.name != name && event.name != "end") event = next();
        return event;
    }

private:
    static std::string line_of(const std::string& block, const std::string& field) {
        const std::size_t at = ("\n" + block).find("\n" + field);
        if (at == std::string::npos) return "";
        const std::size_t begin = at + field.size();
        return block.substr(begin, block.find('\n', begin) - begin);
    }

    std::string take_block() {
        const std::size_t end = text_.find("\n\n");
        std::string block = text_.substr(0, end);
        text_.erase(0, end == std::string::npos ? end : end + 2);
        return block;
    }

    HttpClient client_;
    Answer head_;
    std::string greeting_;
    std::string text_;
    bool is_over_ = false;
};

}  // namespace plocal::test
