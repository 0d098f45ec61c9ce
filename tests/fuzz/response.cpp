// The answers of servers that the program calls: they are the same in whole and in pieces, whose size the first byte
// chooses, but for how much is seen of a body that breaks off. What is no HTTP has a fault in one line.
#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "server/base/text.h"
#include "server/wire/http/response_reader.h"
#include "server/wire/http/url.h"
#include "tests/fuzz/target.h"

namespace plocal::fuzz {
namespace {

using http::ResponseReader;
using Reading = ResponseReader::Progress;

struct Answer {
    std::string seen;
    bool is_whole = false;
};

Answer response_in(std::string_view bytes, std::size_t piece_bytes, bool is_bodiless) {
    constexpr std::size_t header_bytes = 2048;
    ResponseReader reader(header_bytes, is_bodiless);
    std::string seen;
    const auto finish = [&](auto read) {
        Reading progress = read();
        while (progress == Reading::wants_more && !bytes.empty()) {
            const auto room = reader.room();
            const std::size_t size = std::min({room.size(), bytes.size(), piece_bytes});
            std::memcpy(room.data(), bytes.data(), size);
            reader.commit(size);
            bytes.remove_prefix(size);
            progress = read();
        }
        if (progress == Reading::malformed) {
            require(!reader.fault().empty() && reader.fault().find('\n') == std::string::npos, "a fault is one line");
            require(base::is_utf8(reader.fault()), "a fault is a text", reader.fault());
        }
        return progress;
    };
    if (finish([&] { return reader.head(); }) != Reading::complete) return {.seen = "no head"};
    seen = std::to_string(reader.response().status) + "\n";
    for (const auto& [name, value] : reader.response().headers) seen += name + ": " + value + "\n";
    const auto read_piece = [&] {
        const Reading progress = reader.next_piece();
        seen += reader.piece();
        return progress;
    };
    Reading progress = finish(read_piece);
    if (progress == Reading::wants_more) progress = reader.end_of_connection();
    return {.seen = std::move(seen), .is_whole = progress == Reading::complete};
}

void run_response(std::string_view input) {
    if (input.empty()) return;
    const auto choice = static_cast<unsigned char>(input.front());
    const std::string_view bytes = input.substr(1);
    const Answer whole = response_in(bytes, std::string_view::npos, choice >= 0xC0);
    const Answer in_pieces = response_in(bytes, 1U + choice % 32U, choice >= 0xC0);
    require(whole.is_whole == in_pieces.is_whole, "the end does not depend on pieces: " + whole.seen, in_pieces.seen);
    const bool are_same = whole.is_whole
                              ? whole.seen == in_pieces.seen
                              : whole.seen.starts_with(in_pieces.seen) || in_pieces.seen.starts_with(whole.seen);
    require(are_same, "answers do not depend on pieces: " + whole.seen, in_pieces.seen);
    if (const auto url = http::parse_url(bytes)) {
        const auto again = http::parse_url((url->is_https ? "https://" : "http://") + url->endpoint() + url->target);
        require(again && again->endpoint() == url->endpoint() && again->target == url->target,
                "a URL is the same when it is read again", bytes);
    }
}

}  // namespace
}  // namespace plocal::fuzz

PLOCAL_FUZZ_TARGET(response, plocal::fuzz::run_response)
