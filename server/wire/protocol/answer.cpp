#include "server/wire/protocol/answer.h"

namespace plocal::protocol {
namespace {

std::string_view evidence_text(model::Evidence evidence) {
    switch (evidence) {
        case model::Evidence::seen:
            return "seen";
        case model::Evidence::documented:
            return "documented";
        case model::Evidence::ruled:
            return "ruled";
        case model::Evidence::inferred:
            break;
    }
    return "inferred";
}

}  // namespace

std::string why_line(std::string_view why, model::Evidence evidence) {
    constexpr std::size_t longest = 500;
    std::string line;
    for (const char c : why.substr(0, longest)) line += c >= ' ' && c <= '~' ? c : '?';
    return line.append(" (").append(evidence_text(evidence)).append(")");
}

}  // namespace plocal::protocol
