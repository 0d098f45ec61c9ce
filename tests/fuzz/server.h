// A whole server without its network, for targets that make calls: a store in memory and a frozen clock. One input has
// a server of its own, so that a finding needs no other input.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "server/app/engine/engine.h"
#include "server/base/iso8601.h"
#include "server/base/json.h"
#include "server/base/log.h"
#include "storage/store.h"
#include "tests/fuzz/target.h"

namespace plocal::fuzz {

class Server {
public:
    explicit Server(std::string fixtures = {}) : engine_(config(std::move(fixtures)), store_, log()) {}

    /// Returns the response, which is the last one that a stop of the server allows if the call waits for long.
    /// Requires that it is none of the program's own faults, and JSON if it says so.
    protocol::Response send(const protocol::Request& request) {
        constexpr int most_checks = 64;
        control::Reply reply = engine_.answer(request);
        for (int i = 0; std::holds_alternative<control::Waiting>(reply); ++i) {
            const control::Waiting waiting = std::get<control::Waiting>(std::move(reply));
            reply = engine_.check(request, waiting, i >= most_checks);
        }
        auto response = std::get<protocol::Response>(std::move(reply));
        require(response.status != 500, "no call fails by a fault of the program", request.body);
        for (const protocol::ResponseHeader& header : response.headers) {
            require(header.value.view().find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos,
                    "a header is one line", header.value.view());
        }
        if (response.header("content-type").find("json") != std::string_view::npos && !response.body.empty()) {
            base::parse_json(response.body);  // throws for a broken one
        }
        return response;
    }

    /// A call of the control API, with or without a body.
    std::string control(std::string_view method, std::string_view target, std::string_view body = {}) {
        return send({.method = method, .target = target, .headers = {}, .body = body}).body;
    }

    void advance(std::chrono::milliseconds by) { engine_.clock().advance(by); }

private:
    /// One for all servers: it has a thread.
    static base::Log& log() {
        static base::Log silent(base::Level::off, base::Format::text);
        return silent;
    }

    static world::WorldConfig config(std::string fixtures) {
        world::WorldConfig config{.clock = lifecycle::Clock::frozen(*base::parse_iso8601("2026-01-31T12:00:00.123Z"))};
        if (!fixtures.empty()) config.documents.push_back({"fixtures", std::move(fixtures)});
        return config;
    }

    storage::Store store_{":memory:"};
    engine::Engine engine_;
};

}  // namespace plocal::fuzz
