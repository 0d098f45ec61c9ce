#include "server/local/capture/names.h"

#include <cstddef>

namespace plocal::capture {
namespace {

/// Returns where the account of the ARN that begins at `begin` is, or npos: behind arn:PARTITION:SERVICE:REGION.
std::size_t account_place(std::string_view text, std::size_t begin) {
    constexpr int parts_before = 4;
    std::size_t at = begin;
    for (int part = 0; part < parts_before; ++part) {
        at = text.find_first_of(": \t\n\"'", at);
        if (at == std::string_view::npos || text[at] != ':') return std::string_view::npos;
        ++at;
    }
    return at;
}

}  // namespace

std::string renamed(std::string_view text, std::string_view account, std::string_view other) {
    constexpr std::string_view scheme = "arn:";
    if (text == account) return std::string(other);
    std::string result;
    std::size_t copied = 0;
    for (std::size_t arn = text.find(scheme); arn != std::string_view::npos; arn = text.find(scheme, arn + 1)) {
        const std::size_t at = account_place(text, arn);
        if (at == std::string_view::npos || at < copied) continue;
        if (!text.substr(at).starts_with(account) || text.substr(at + account.size(), 1) != ":") continue;
        result.append(text.substr(copied, at - copied)).append(other);
        copied = at + account.size();
    }
    return result.append(text.substr(copied));
}

void rename_account(base::Json& value, std::string_view account, std::string_view other) {
    if (auto* const text = value.get_ptr<std::string*>()) {
        *text = renamed(*text, account, other);
    } else if (value.is_structured()) {
        for (base::Json& each : value) rename_account(each, account, other);
    }
}

}  // namespace plocal::capture
