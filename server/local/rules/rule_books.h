// The rule books of all tenants. On the thread that owns the world.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server/local/rules/rule_book.h"

namespace plocal::rules {

/// Can be moved, not copied.
class RuleBooks {
public:
    explicit RuleBooks(std::uint64_t seed) : seed_(seed) {}

    /// Returns the book of an account, "" for the common one. Makes an empty one where there is none. Lives until the
    /// book is forgotten or adopted.
    RuleBook& of(std::string_view account);

    /// Returns null where the account has no book.
    RuleBook* find(std::string_view account);

    /// The accounts that have a book, "" among them where there is a common one.
    std::vector<std::string> accounts() const;

    void forget(std::string_view account);

    /// Takes the book of an account out of `other`, in place of the own one. Without one in `other` the account has
    /// none.
    void adopt(RuleBooks& other, std::string_view account);

private:
    std::uint64_t seed_;
    std::map<std::string, RuleBook, std::less<>> books_;
};

}  // namespace plocal::rules
