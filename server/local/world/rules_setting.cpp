#include "server/local/world/rules_setting.h"

#include <cstddef>
#include <utility>

#include "server/local/rules/rule_reader.h"

namespace plocal::world {
namespace {

using base::Json;
using base::Problem;
using rules::Rule;
using rules::RuleBook;
using snapshot::FixtureProblem;
using snapshot::SettingValue;

using Problems = TenantSetting::Problems;
using Values = TenantSetting::Values;

/// Null for an empty book, so that a document without rules has no member for them.
Json rules_json(TenantSettings& tenants, const std::string& account) {
    const RuleBook* const book = tenants.rules.find(account);
    return book == nullptr || book->size() == 0 ? Json() : book->list();
}

void resume_rules(TenantSettings& tenants, const std::string& account, const Json& stored, Problems& problems) {
    std::vector<Rule> rules = rules::read_rules(stored, problems);
    if (!problems.empty()) return;
    problems = tenants.rules.of(account).add(std::move(rules));
    // An account with a book, though an empty one, would replace what is stored.
    if (!problems.empty()) tenants.rules.forget(account);
}

/// A rule without an id gets one from its position among the rules of the account. It is the same at the next start, so
/// that a stored rule is recognised.
void apply_rules(TenantSettings& tenants, const std::string& account, const Values& values, bool is_stored,
                 std::vector<FixtureProblem>& problems) {
    std::size_t position = 0;
    for (const SettingValue& value : values) {
        Problems checked;
        std::vector<Rule> rules = rules::read_rules(value.json, checked);
        for (std::size_t i = 0; i < rules.size(); ++i) {
            ++position;
            if (rules[i].id.empty()) rules[i].id = "document-" + std::to_string(position);
            RuleBook& book = tenants.rules.of(account);
            if (is_stored && book.find(rules[i].id) != nullptr) continue;
            std::vector<Rule> one;
            one.push_back(std::move(rules[i]));
            for (Problem& problem : book.add(std::move(one))) {
                problems.push_back(
                    {value.place.below(i).below("id"), std::move(problem.expected), std::move(problem.found)});
            }
        }
    }
}

/// The book makes the ids that are absent. No given id is taken: `find_taken_id` has found none.
void append_rules(TenantSettings& present, const std::string& account, const Values& values) {
    std::vector<Rule> added;
    for (const SettingValue& value : values) {
        Problems checked;
        for (Rule& rule : rules::read_rules(value.json, checked)) added.push_back(std::move(rule));
    }
    if (!added.empty()) static_cast<void>(present.rules.of(account).add(std::move(added)));
}

std::optional<Contradiction> find_taken_id(TenantSettings& tenants, const std::string& account, const Values& values) {
    const RuleBook* const book = tenants.rules.find(account);
    if (book == nullptr) return std::nullopt;
    for (const SettingValue& value : values) {
        for (std::size_t i = 0; i < value.json.size(); ++i) {
            const std::string* const id = value.json.is_array() ? base::text_member(value.json[i], "id") : nullptr;
            if (id == nullptr || book->find(*id) == nullptr) continue;
            return Contradiction{value.place.below(i).below("id"), "there is a rule " + *id + " already"};
        }
    }
    return std::nullopt;
}

}  // namespace

const TenantSetting& rules_setting() {
    static const TenantSetting row{
        .name = "rules",
        .accounts = [](const TenantSettings& tenants) { return tenants.rules.accounts(); },
        .to_json = rules_json,
        .to_stored = [](TenantSettings& tenants,
                        const std::string& account) { return tenants.rules.of(account).list(); },
        .resume = resume_rules,
        .check = [](const Json& value, Problems& problems) { rules::read_rules(value, problems); },
        .apply = apply_rules,
        .adopt = [](TenantSettings& present, TenantSettings& next,
                    const std::string& account) { present.rules.adopt(next.rules, account); },
        .forget = [](TenantSettings& tenants, const std::string& account) { tenants.rules.forget(account); },
        .append = append_rules,
        .find_contradiction = find_taken_id};
    return row;
}

}  // namespace plocal::world
