// The rules of one account, or the common ones, in their order, and which of them fires for a request. On the thread
// that owns the world.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "server/base/json.h"
#include "server/local/rules/rule.h"
#include "server/local/rules/subject_texts.h"

namespace plocal::rules {

/// The rule that fired for a request, or none. It keeps the rule alive, even if the book drops the rule meanwhile.
struct Firing {
    std::shared_ptr<Rule> rule;                      // null for none
    std::optional<std::chrono::milliseconds> delay;  // the one that the rule asks for, drawn if it is a range
    bool is_counted = true;                          // one of the rule's `times` is used up
    std::int64_t nth = 0;  // of the matches of this account, counted from 1; 0 for a rule without chance
};

/// Uses up one of the `times` of a rule with a lifecycle, after the change of a resource that it acts on has succeeded.
/// Until this call the rule fires again. Changes nothing for other rules, for none, and if called again.
void count_change(Firing& firing);

class RuleBook {
public:
    /// Probabilities and ranges of delays follow from the seed, the account of the request, the id of the rule and how
    /// many requests of that account have matched it. Requests of other accounts change nothing. Generated ids begin
    /// with `id_prefix`.
    explicit RuleBook(std::uint64_t seed, std::string id_prefix = "rule-")
        : seed_(seed), id_prefix_(std::move(id_prefix)) {}
    RuleBook(RuleBook&&) = default;
    RuleBook& operator=(RuleBook&&) = default;

    /// Appends valid rules in order. A rule without an id gets one that this book has never generated before: `rule-1`,
    /// `rule-2`. If an id is taken, nothing changes; returns a problem for each such id, at "/1/id".
    std::vector<base::Problem> add(std::vector<Rule> rules);

    /// The same, but the present rules are removed first and their ids are free.
    std::vector<base::Problem> replace(std::vector<Rule> rules);

    /// Returns false if there is no such rule.
    bool remove(std::string_view id);

    void clear();

    std::size_t size() const { return rules_.size(); }
    const Rule* find(std::string_view id) const;  // null if there is none; valid until the book changes

    /// An array of all rules in order, each as `to_json` writes it.
    base::Json list() const;

    /// Fires the first rule that matches the request, unless it is used up (`times`), skipped (`after`) or not drawn
    /// (`probability`). Counts the match, and counts the firing unless the rule has a lifecycle: see `count_change`.
    /// Rules whose id is also in `hiding` are left out; null for no such book. Rules for other operations cost nothing,
    /// each rule for this operation a few nanoseconds.
    [[nodiscard]] Firing fire(const Subject& subject, const RuleBook* hiding = nullptr);

    /// Returns what `fire` would return, and counts nothing: the rule is a copy.
    [[nodiscard]] Firing peek(const Subject& subject, const RuleBook* hiding = nullptr);

    /// Returns true if the counts of a rule have changed since the last `note_stored`.
    bool has_changed() const { return has_changed_; }
    void note_stored() { has_changed_ = false; }

private:
    /// A rule with the slots of the texts that its conditions need: account, region and members.
    struct Kept {
        std::shared_ptr<Rule> rule;
        std::vector<std::pair<std::size_t, const Wildcard*>> conditions;  // slot, and a pointer into the rule
    };

    void keep(Rule rule);
    void rebuild(std::vector<Kept> kept);
    void index(std::size_t position);
    std::string next_id();
    bool matches(const Kept& kept);
    template <typename Prepare>
    Firing first_firing(const Subject& subject, const RuleBook* hiding, Prepare prepare);
    Firing fire_rule(const std::shared_ptr<Rule>& rule, const Subject& subject);

    std::uint64_t seed_;
    std::string id_prefix_;
    bool has_changed_ = false;
    std::int64_t last_number_ = 0;  // the highest one in an id with the prefix
    std::vector<Kept> rules_;
    std::unordered_map<std::string_view, std::vector<std::size_t>> candidates_;  // by operation
    SubjectTexts texts_;
};

/// Fires the first rule of the account's own book, or else of the common book. An own rule replaces a common rule with
/// the same id. `own` is null for an account without rules.
[[nodiscard]] Firing fire(RuleBook* own, RuleBook& common, const Subject& subject);

/// Returns what `fire` would return, and counts nothing: the rule is a copy.
[[nodiscard]] Firing peek(RuleBook* own, RuleBook& common, const Subject& subject);

}  // namespace plocal::rules
