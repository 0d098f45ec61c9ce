// Calls to the world of story.json, one after the other, with an empty line between them. The first line of a call says
// which one, and the others are its body:
//
//     CreateSchema [ACCESS_KEY [REGION]]   an operation of the control plane, by AWS JSON
//     POST /events [ACCESS_KEY [REGION]]   any other request, in REST-JSON and to /_local/ too
//     +90s                                 the clock moves
//
// No call fails by a fault of the program, outputs fit their shapes, errors have names, and afterwards the server still
// shows its state and its journal.
#include <algorithm>
#include <string>
#include <vector>

#include "server/base/duration.h"
#include "server/model/service.h"
#include "server/wire/protocol/recognise.h"
#include "tests/fuzz/server.h"
#include "tests/support/output_shape.h"

namespace plocal::fuzz {

std::string_view embedded(std::string_view name);  // made by the build

namespace {

using base::Json;

constexpr std::string_view control_prefix = "/_local/";
constexpr std::size_t most_calls = 12;

std::vector<std::string> words_of(std::string_view line) {
    std::vector<std::string> words;
    while (!line.empty()) words.emplace_back(take_until(line, " "));
    words.resize(std::max<std::size_t>(words.size(), 4));
    return words;
}

void require_answer(const model::Operation* operation, const protocol::Response& response) {
    if (response.status >= 400) {
        const std::string_view name = response.header("x-amzn-errortype");
        require(!name.empty() || response.body.find("__type") != std::string::npos ||
                    response.body.find("Exception") != std::string::npos,
                "an error has a name", response.body);
        return;
    }
    // A rule may answer less than AWS would.
    const bool is_ruled = response.header("x-personalize-local-why").starts_with("rule ");
    if (is_ruled || operation == nullptr || operation->output == nullptr) return;
    const std::string misfit = support::find_misfit(*operation->output, base::parse_json(response.body));
    require(misfit.empty(), "an output fits its shape", misfit);
}

void call(Server& server, std::string_view text) {
    const std::string_view line = take_until(text, "\n");
    if (line.starts_with('+')) {
        if (const auto by = base::parse_duration(line.substr(1))) server.advance(*by);
        return;
    }
    std::vector<std::string> words = words_of(line);
    const bool is_path = words[1].starts_with('/');
    const std::string method = is_path ? words[0] : "POST";
    const std::string target = is_path ? words[1] : "/";
    const std::string authorization = "AWS4-HMAC-SHA256 Credential=" + words[is_path ? 2 : 1] + "/20260131/" +
                                      words[is_path ? 3 : 2] +
                                      "/personalize/aws4_request, SignedHeaders=host, Signature=00";
    const std::string named = "AmazonPersonalize." + words[0];
    protocol::Request request{.method = method, .target = target, .headers = {}, .body = text};
    request.headers = {{"content-type", is_path ? "application/json" : "application/x-amz-json-1.1"},
                       {"authorization", authorization}};
    if (!is_path) request.headers.push_back({"x-amz-target", named});
    const protocol::Response response = server.send(request);
    if (!target.starts_with(control_prefix) && target != "/_local" && method != "OPTIONS") {
        const model::Operation* const by_path = protocol::recognise(request).rest_operation;
        require_answer(is_path ? by_path : model::personalize().operation(words[0]), response);
    }
}

void run_calls(std::string_view input) {
    Server server(std::string(embedded("story.json")));
    for (std::size_t calls = 0; !input.empty() && calls < most_calls; ++calls) call(server, take_until(input, "\n\n"));
    for (const char* const path : {"/_local/requests", "/_local/events", "/_local/state", "/_local/rules"}) {
        base::parse_json(server.control("GET", path));
    }
}

}  // namespace
}  // namespace plocal::fuzz

PLOCAL_FUZZ_TARGET(calls, plocal::fuzz::run_calls)
