#include "server/local/rules/rule_books.h"

#include <utility>

namespace plocal::rules {

RuleBook& RuleBooks::of(std::string_view account) {
    if (RuleBook* const known = find(account)) return *known;
    // Made ids differ from book to book, because a rule of an account hides the common rule with the same id.
    const std::string made_prefix = account.empty() ? "rule-" : std::string(account) + "-rule-";
    return books_.try_emplace(std::string(account), seed_, made_prefix).first->second;
}

RuleBook* RuleBooks::find(std::string_view account) {
    const auto found = books_.find(account);
    return found == books_.end() ? nullptr : &found->second;
}

std::vector<std::string> RuleBooks::accounts() const {
    std::vector<std::string> accounts;
    accounts.reserve(books_.size());
    for (const auto& [account, book] : books_) accounts.push_back(account);
    return accounts;
}

void RuleBooks::forget(std::string_view account) {
    if (const auto found = books_.find(account); found != books_.end()) books_.erase(found);
}

void RuleBooks::adopt(RuleBooks& other, std::string_view account) {
    forget(account);
    const auto found = other.books_.find(account);
    if (found != other.books_.end()) books_.insert(other.books_.extract(found));
}

}  // namespace plocal::rules
