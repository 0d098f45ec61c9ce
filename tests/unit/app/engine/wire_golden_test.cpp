// Requests and responses byte for byte as on the wire: tests/golden/wire/NAME.request and NAME.response, each in a new
// world of world.json. After an intended change, PLOCAL_WRITE_GOLDEN=1 writes the responses again, and `git diff` shows
// the change.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "server/wire/http/response.h"
#include "tests/support/source_folder.h"
#include "tests/support/world.h"

namespace plocal::engine {
namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(test::source_folder) / "tests/golden/wire";

std::string read(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file.is_open()) << path;
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<fs::path> files(const char* extension) {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == extension) found.push_back(entry.path());
    }
    std::ranges::sort(found);
    return found;
}

std::string_view take(std::string_view& text, std::string_view end) {
    const std::string_view part = text.substr(0, text.find(end));
    text.remove_prefix(std::min(part.size() + end.size(), text.size()));
    return part;
}

/// The request in a text; its views live as long as the text.
protocol::Request parse(std::string_view text) {
    std::string_view head = take(text, "\r\n\r\n");
    protocol::Request request{.method = take(head, " "), .target = take(head, " "), .headers = {}, .body = text};
    EXPECT_EQ(take(head, "\r\n"), "HTTP/1.1");
    while (!head.empty()) {
        std::string_view line = take(head, "\r\n");
        const std::string_view name = take(line, ": ");
        request.headers.push_back({name, line});
    }
    const std::string_view length = request.header("content-length");
    EXPECT_EQ(length.empty() ? "0" : length, std::to_string(request.body.size())) << "of the request itself";
    return request;
}

/// The request id is the only part of a response that depends on neither clock nor seed.
void mask_request_id(protocol::Response& response) {
    for (protocol::ResponseHeader& header : response.headers) {
        if (header.name == "x-amzn-requestid") header.value = "00000000-0000-4000-8000-000000000000";
    }
}

std::string answer_to(const std::string& text) {
    support::World world;
    world.load(base::parse_json(read(folder / "world.json")));
    const protocol::Request request = parse(text);
    protocol::Response response = world.send(request).response;
    mask_request_id(response);
    std::string wire;
    http::write_head(wire, response, true);
    return request.method == "HEAD" ? wire : wire + response.body;
}

// Fidelity: inferred | Names of headers are in lower case, as botocore shows them. Their case on the wire was never
//   captured | -
TEST(WireGolden, AnswersEachRequestByteForByte) {
    const bool writes = std::getenv("PLOCAL_WRITE_GOLDEN") != nullptr;
    for (fs::path path : files(".request")) {
        SCOPED_TRACE(path.stem().string());
        const std::string answer = answer_to(read(path));
        path.replace_extension(".response");
        if (writes) std::ofstream(path, std::ios::binary) << answer;
        EXPECT_EQ(answer, read(path));
    }
}

TEST(WireGolden, HasOneResponseForEachRequest) {
    std::vector<fs::path> requests = files(".request");
    EXPECT_GT(requests.size(), 20u);
    for (fs::path& path : requests) path.replace_extension(".response");
    EXPECT_EQ(requests, files(".response"));
}

}  // namespace
}  // namespace plocal::engine
