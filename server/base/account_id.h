// The form of AWS account ids. Pure.
// https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html
#pragma once

#include <cstddef>
#include <string_view>

namespace plocal::base {

/// Returns true if the text is twelve digits.
inline bool is_account_id(std::string_view text) {
    constexpr std::size_t digits = 12;
    return text.size() == digits && text.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace plocal::base
