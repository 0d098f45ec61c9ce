// Fixtures documents that a whole server loads: what it then writes as its state loads again, to the same state.
#include <string>

#include "tests/fuzz/server.h"

namespace plocal::fuzz {
namespace {

void run_state(std::string_view input) {
    Server server;
    const protocol::Response loaded =
        server.send({.method = "PUT", .target = "/_local/state", .headers = {}, .body = input});
    const std::string state = server.control("GET", "/_local/state");
    if (loaded.status != 200) {
        require(base::parse_json(loaded.body).contains("error"), "a refusal has an error", loaded.body);
        return;
    }
    Server other;
    const protocol::Response copied =
        other.send({.method = "PUT", .target = "/_local/state", .headers = {}, .body = state});
    require(copied.status == 200, "a state loads again", copied.body);
    const std::string again = other.control("GET", "/_local/state");
    require(again == state, "a state is the same when it is loaded again", again);
}

}  // namespace
}  // namespace plocal::fuzz

PLOCAL_FUZZ_TARGET(state, plocal::fuzz::run_state)
