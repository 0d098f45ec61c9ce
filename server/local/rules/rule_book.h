// The rules of one tenant, or the common ones, in their order. On the thread that owns the world.
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

/// The rule that applies to one request, or none. It keeps the rule alive, whatever becomes of its book meanwhile.
///
/// A rule without a lifecycle has spent one of its `times` by having fired. One with a lifecycle spends it when a
/// Create succeeds: the engine calls created() then. Forgotten, the rule fires again; called twice, or for a rule
/// without a lifecycle, or for none, it changes nothing.
class [[nodiscard]] Firing {
public:
    Firing() = default;
    Firing(std::shared_ptr<Rule> rule, std::optional<std::chrono::milliseconds> delay);
    Firing(Firing&& other) noexcept = default;
    Firing& operator=(Firing&& other) noexcept = default;

    explicit operator bool() const { return rule_ != nullptr; }
    const Rule* rule() const { return rule_.get(); }  // null for none

    /// The delay that the rule asks for, drawn where it is a range.
    std::optional<std::chrono::milliseconds> delay() const { return delay_; }

    /// What the request asked to be created has been.
    void created();

private:
    std::shared_ptr<Rule> rule_;
    std::optional<std::chrono::milliseconds> delay_;
    std::shared_ptr<Rule> unspent_;  // the same rule until its lifecycle has been spent
};

class RuleBook {
public:
    /// Probabilities and ranges of delays follow from the seed, the request's account, the rule's id and how many
    /// requests of that account have matched it: never from what other accounts do.
    /// Ids that are made begin with `made`.
    explicit RuleBook(std::uint64_t seed, std::string made = "rule-") : seed_(seed), made_prefix_(std::move(made)) {}
    RuleBook(RuleBook&&) = default;
    RuleBook& operator=(RuleBook&&) = default;

    /// Puts good rules behind those that are there, in order; one without an id gets one that this book never made
    /// before: `rule-1`, `rule-2`. Where an id is taken it changes nothing and returns a problem for each ("/1/id").
    std::vector<base::Problem> add(std::vector<Rule> rules);

    /// The same, in place of those that are there: their ids are free then.
    std::vector<base::Problem> replace(std::vector<Rule> rules);

    /// False where there is no such rule.
    bool remove(std::string_view id);

    void clear();

    std::size_t size() const { return rules_.size(); }
    const Rule* find(std::string_view id) const;  // null where there is none; good until the book changes

    /// An array of all rules in order, each as to_json has it.
    base::Json list() const;

    /// The first rule that matches the request and is neither used up, skipped (`after`), nor thinned (`probability`).
    /// Rules for other operations cost nothing, the rest a few nanoseconds each.
    Firing fire(const Subject& subject) { return fire(subject, nullptr); }

    /// Whether a request has matched a rule since this was last asked: its counts are others then.
    bool take_changed() { return std::exchange(has_changed_, false); }

    /// The same, but passing over rules whose ids are taken in this other book; may be null.
    Firing fire(const Subject& subject, const RuleBook* hiding);

private:
    /// A rule and where the texts are that it asks for: account, region and members, as far as it names them.
    struct Kept {
        std::shared_ptr<Rule> rule;
        std::vector<std::pair<std::size_t, const Wildcard*>> conditions;  // into the rule
    };

    /// A rule among those for one operation, with as much as tells most of them apart in one look.
    struct Candidate {
        std::size_t rule = 0;
        std::size_t slot = 0;  // of one of its conditions; any where it has none
        Sign sign;             // that this text must have
    };

    void keep(Rule rule);
    void rebuild(std::vector<Kept> kept);
    void index(std::size_t position);
    std::string made_id();
    bool matches(const Kept& kept);
    Firing firing(const std::shared_ptr<Rule>& rule, const Subject& subject);

    std::uint64_t seed_;
    std::string made_prefix_;
    bool has_changed_ = false;
    std::int64_t made_ = 0;  // the highest number that an id of ours has had
    std::vector<Kept> rules_;
    std::unordered_map<std::string_view, std::vector<Candidate>> candidates_;  // by operation
    SubjectTexts texts_;
};

/// A tenant's own rules, where it has any, come before the common ones, and in place of those of the same id.
Firing fire(RuleBook* own, RuleBook& common, const Subject& subject);

}  // namespace plocal::rules
