#include "server/local/rules/rule_book.h"

#include <algorithm>
#include <unordered_set>

#include "server/base/random.h"
#include "server/base/text.h"

namespace plocal::rules {
namespace {

using base::Json;
using base::Problem;

/// The number in an id with this prefix; 0 for any other id.
std::int64_t number_in(std::string_view id, std::string_view prefix) {
    if (!id.starts_with(prefix)) return 0;
    id.remove_prefix(prefix.size());
    constexpr std::size_t most_digits = 15;  // so that counting on never overflows
    if (id.size() > most_digits) return 0;
    return std::max<std::int64_t>(base::parse_number<std::int64_t>(id).value_or(0), 0);
}

bool is_used_up(const Rule& rule) {
    return rule.times && rule.counts.fired >= *rule.times;
}

std::int64_t& count_of(std::map<std::string, std::int64_t, std::less<>>& counts, std::string_view account) {
    const auto at = counts.find(account);
    return at != counts.end() ? at->second : counts[std::string(account)];
}

/// A problem for each id that an earlier rule of the list has, or for which `is_taken` returns true.
template <typename IsTaken>
std::vector<Problem> taken_ids(const std::vector<Rule>& rules, IsTaken is_taken) {
    std::vector<Problem> problems;
    std::unordered_set<std::string_view> seen;
    for (std::size_t at = 0; at < rules.size(); ++at) {
        const std::string& id = rules[at].id;
        if (id.empty() || (seen.insert(id).second && !is_taken(id))) continue;
        problems.push_back({"/" + std::to_string(at) + "/id", "an id that no other rule has", base::excerpt(id)});
    }
    return problems;
}

}  // namespace

void count_change(Firing& firing) {
    if (firing.is_counted) return;
    ++firing.rule->counts.fired;
    firing.is_counted = true;
}

std::vector<Problem> RuleBook::add(std::vector<Rule> rules) {
    std::vector<Problem> problems = taken_ids(rules, [this](const std::string& id) { return find(id) != nullptr; });
    if (!problems.empty()) return problems;
    // The given ids first, so that no generated id is one of them.
    for (const Rule& rule : rules) last_number_ = std::max(last_number_, number_in(rule.id, id_prefix_));
    for (Rule& rule : rules) keep(std::move(rule));
    return problems;
}

std::vector<Problem> RuleBook::replace(std::vector<Rule> rules) {
    std::vector<Problem> problems = taken_ids(rules, [](const std::string&) { return false; });
    if (!problems.empty()) return problems;
    clear();
    return add(std::move(rules));
}

bool RuleBook::remove(std::string_view id) {
    std::vector<Kept> kept = rules_;
    if (std::erase_if(kept, [id](const Kept& each) { return each.rule->id == id; }) == 0) return false;
    rebuild(std::move(kept));
    return true;
}

void RuleBook::clear() {
    rebuild({});
}

const Rule* RuleBook::find(std::string_view id) const {
    const auto at = std::ranges::find_if(rules_, [id](const Kept& each) { return each.rule->id == id; });
    return at == rules_.end() ? nullptr : at->rule.get();
}

Json RuleBook::list() const {
    Json rules = Json::array();
    for (const Kept& each : rules_) rules.push_back(to_json(*each.rule));
    return rules;
}

template <typename Prepare>
Firing RuleBook::first_firing(const Subject& subject, const RuleBook* hiding, Prepare prepare) {
    const auto found = candidates_.find(subject.operation);
    if (found == candidates_.end()) return {};
    texts_.begin(subject);
    for (const std::size_t position : found->second) {
        const Kept& kept = rules_[position];
        if (!matches(kept) || (hiding != nullptr && hiding->find(kept.rule->id) != nullptr)) continue;
        if (Firing firing = fire_rule(prepare(kept.rule), subject); firing.rule != nullptr) return firing;
    }
    return {};
}

Firing RuleBook::fire(const Subject& subject, const RuleBook* hiding) {
    return first_firing(subject, hiding, [](const std::shared_ptr<Rule>& rule) { return rule; });
}

Firing RuleBook::peek(const Subject& subject, const RuleBook* hiding) {
    const bool had_changed = has_changed_;
    Firing firing =
        first_firing(subject, hiding, [](const std::shared_ptr<Rule>& rule) { return std::make_shared<Rule>(*rule); });
    has_changed_ = had_changed;
    return firing;
}

void RuleBook::keep(Rule rule) {
    if (rule.id.empty()) rule.id = next_id();
    rules_.push_back({std::make_shared<Rule>(std::move(rule)), {}});
    index(rules_.size() - 1);
}

void RuleBook::rebuild(std::vector<Kept> kept) {
    rules_ = std::move(kept);
    candidates_.clear();
    texts_ = {};
    for (std::size_t at = 0; at < rules_.size(); ++at) index(at);
}

void RuleBook::index(std::size_t position) {
    auto& [rule, conditions] = rules_[position];
    const Match& match = rule->match;
    conditions.clear();
    for (const Condition& each : match.members) conditions.emplace_back(texts_.slot_of(each.path), &each.value);
    if (match.account) conditions.emplace_back(SubjectTexts::account_slot, &*match.account);
    if (match.region) conditions.emplace_back(SubjectTexts::region_slot, &*match.region);
    for (const model::Operation* each : match.operations) candidates_[each->name].push_back(position);
}

std::string RuleBook::next_id() {
    return id_prefix_ + std::to_string(++last_number_);
}

bool RuleBook::matches(const Kept& kept) {
    const auto holds = [this](const auto& condition) {
        const std::optional<std::string_view>& text = texts_.at(condition.first);
        return text && condition.second->matches(*text);
    };
    return std::ranges::all_of(kept.conditions, holds) && !is_used_up(*kept.rule);
}

Firing RuleBook::fire_rule(const std::shared_ptr<Rule>& rule, const Subject& subject) {
    has_changed_ = true;
    Counts& counts = rule->counts;
    ++counts.matched;
    // Counted for each account, so that the requests of others do not change what is drawn.
    const std::int64_t nth = has_chance(*rule) ? ++count_of(counts.matched_by, subject.account) : 0;
    if (counts.matched <= rule->after) return {};
    const auto draw = [&](std::string_view kind) {
        return base::random_fraction({seed_, subject.account, kind, rule->id, nth});
    };
    if (rule->probability < 1 && draw("rule") >= rule->probability) return {};
    std::optional<std::chrono::milliseconds> delay;
    if (rule->effects.delay) delay = rule->effects.delay->at(draw("rule delay"));
    const bool waits_for_change = rule->effects.lifecycle.has_value();
    if (!waits_for_change) ++counts.fired;
    return {.rule = rule, .delay = delay, .is_counted = !waits_for_change, .nth = nth};
}

Firing fire(RuleBook* own, RuleBook& common, const Subject& subject) {
    if (own != nullptr) {
        if (Firing firing = own->fire(subject); firing.rule != nullptr) return firing;
    }
    return common.fire(subject, own);
}

Firing peek(RuleBook* own, RuleBook& common, const Subject& subject) {
    if (own != nullptr) {
        if (Firing firing = own->peek(subject); firing.rule != nullptr) return firing;
    }
    return common.peek(subject, own);
}

}  // namespace plocal::rules
