#include "server/model/languages/filter/parse.h"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>

#include "server/model/languages/filter/tokens.h"

namespace plocal::languages {
namespace {

using model::Evidence;

struct FilterSource {
    std::string_view word;     // in capitals
    std::string_view dataset;  // whose columns it has
    bool current;              // the one item or user that the request is about
};

constexpr std::array<FilterSource, 7> filter_sources = {{{"INTERACTIONS", "INTERACTIONS", false},
                                                         {"ITEMS", "ITEMS", false},
                                                         {"USERS", "USERS", false},
                                                         {"ACTIONS", "ACTIONS", false},
                                                         {"ACTION_INTERACTIONS", "ACTION_INTERACTIONS", false},
                                                         {"CURRENTUSER", "USERS", true},
                                                         {"CURRENTITEM", "ITEMS", true}}};

struct FilterTarget {
    std::string_view word;  // in capitals
    std::array<std::string_view, 3> datasets;
    const char* rule;
};

constexpr std::array<FilterTarget, 3> filter_targets = {
    {{"ITEMID", {"ITEMS", "INTERACTIONS"}, "ItemID is filtered by fields of Items or Interactions"},
     {"USERID", {"USERS", "INTERACTIONS"}, "UserID is filtered by fields of Users or Interactions"},
     {"ACTIONID",
      {"ACTIONS", "ACTION_INTERACTIONS", "INTERACTIONS"},
      "ActionID is filtered by fields of Actions, Action_Interactions or Interactions"}}};

// One of the guide's examples has Action for Actions, so the singular is accepted.
bool names_source(const FilterToken& token, const FilterSource& source) {
    return token.is_word(source.word) ||
           (!source.current && token.is_word(source.word.substr(0, source.word.size() - 1)));
}

struct ReadField {
    FilterSource source;
    FilterToken word;
    FilterToken column;

    bool of_events() const { return source.dataset.ends_with("INTERACTIONS"); }
    bool is_event_type() const { return of_events() && column.is_word("EVENT_TYPE"); }
};

struct FilterOperator {
    bool takes_list;
    bool negated;  // NOT IN
};

class FilterReader {
public:
    explicit FilterReader(std::string_view text) : text_(text), tokens_(filter_tokens(text)) {}

    FilterExpression all() {
        do expression();
        while (skip_sign("|"));
        return std::move(read_);
    }

private:
    const FilterToken& here() const { return tokens_[next_]; }

    // The end token is never taken, so the index stays valid.
    FilterToken take(bool fits, const char* what) {
        if (!fits) throw filter_expected(text_, here(), what);
        return tokens_[next_++];
    }

    bool skip(bool there) {
        if (there) ++next_;
        return there;
    }
    bool skip_sign(std::string_view sign) { return skip(here().is_sign(sign)); }
    bool skip_word(std::string_view capitals) { return skip(here().is_word(capitals)); }

    void expression() {
        take(here().is_word("INCLUDE") || here().is_word("EXCLUDE"), "INCLUDE or EXCLUDE");
        const auto* const target =
            std::find_if(filter_targets.begin(), filter_targets.end(),
                         [this](const FilterTarget& known) { return here().is_word(known.word); });
        take(target != filter_targets.end(), "ItemID, UserID or ActionID");
        take(here().is_word("WHERE"), "WHERE");
        in_if_ = false;
        dataset_ = {};
        conditions(target);
        in_if_ = skip_word("IF");
        if (in_if_) conditions(target);
        if (here().kind == FilterTokenKind::end || here().is_sign("|")) return;
        take(false, in_if_ ? "AND, | or the end" : "AND, OR, IF, | or the end");
    }

    // The check needs no grouping, so counting the parentheses is enough, at any depth.
    void conditions(const FilterTarget* target) {
        std::size_t open = 0;
        do {
            while (skip_sign("(")) ++open;
            condition(*target);
            while (open > 0 && skip_sign(")")) --open;
        } while (joined());
        if (open > 0) take(false, in_if_ ? "AND or )" : "AND, OR or )");
    }

    bool joined() {
        if (!in_if_) return skip_word("AND") || skip_word("OR");
        if (here().is_word("OR")) throw forbidden(here(), "An IF condition can only be extended with AND");
        if (here().is_word("IF")) throw forbidden(here(), "An expression can only have one IF condition");
        return skip_word("AND");
    }

    void condition(const FilterTarget& target) {
        const ReadField field = take_field("a field such as Items.GENRE");
        if (!in_if_) {
            check_source(field, target);
            check_column(field);
        } else if (field.source.word != "CURRENTUSER") {
            throw forbidden(field.word, "An IF condition can only check fields of CurrentUser");
        }
        const FilterOperator relation = take_operator();
        if (relation.takes_list) return list(field, relation);
        const bool enclosed = skip_sign("(");
        value(field, relation);
        if (enclosed) take(here().is_sign(")"), ")");
    }

    void check_source(const ReadField& field, const FilterTarget& target) {
        if (field.source.word == "CURRENTUSER") {
            throw forbidden(field.word, "CurrentUser can only be used in an IF condition");
        }
        if (field.source.current) {
            throw forbidden(field.word, "CurrentItem can only be what a field is compared with", Evidence::inferred);
        }
        if (dataset_.empty()) dataset_ = field.source.dataset;
        if (field.source.dataset != dataset_) {
            throw forbidden(field.word, "Conditions joined by AND or OR must be on the dataset of the first one, " +
                                            std::string(dataset_) + "; | joins expressions on others");
        }
        if (std::find(target.datasets.begin(), target.datasets.end(), dataset_) == target.datasets.end()) {
            throw forbidden(field.word, target.rule, Evidence::inferred);
        }
    }

    void check_column(const ReadField& field) const {
        if (field.of_events() && !field.is_event_type()) {
            throw forbidden(field.column, "Interactions can only be filtered by EVENT_TYPE");
        }
        const bool automatic =
            field.column.is_word("ACTION_EXPIRATION_TIMESTAMP") || field.column.is_word("REPEAT_FREQUENCY");
        if (automatic && field.source.dataset == "ACTIONS") {
            throw forbidden(field.column, "Actions cannot be filtered by this field");
        }
    }

    ReadField take_field(const char* what) {
        const auto* const source =
            std::find_if(filter_sources.begin(), filter_sources.end(),
                         [this](const FilterSource& known) { return names_source(here(), known); });
        const FilterToken word = take(source != filter_sources.end(), what);
        take(here().is_sign("."), "a dot and the name of a field");
        const FilterToken column = take(here().kind == FilterTokenKind::word, "the name of a field");
        read_.fields.push_back({std::string(source->dataset), std::string(column.text), word.at});
        return {*source, word, column};
    }

    FilterOperator take_operator() {
        if (skip_word("IN")) return {true, false};
        if (skip_word("NOT_IN")) return {true, true};
        if (skip_word("NOT")) {
            take(here().is_word("IN"), "IN");
            return {true, true};
        }
        constexpr std::array<std::string_view, 6> comparisons = {"=", "!=", "<", "<=", ">", ">="};
        const bool compares = std::any_of(comparisons.begin(), comparisons.end(),
                                          [this](std::string_view sign) { return here().is_sign(sign); });
        take(compares, "IN, NOT IN, =, !=, <, <=, > or >=");
        return {false, false};
    }

    // CurrentItem may have several values itself and needs no parentheses.
    void list(const ReadField& field, const FilterOperator& relation) {
        if (here().is_word("CURRENTITEM") || here().is_word("CURRENTUSER")) return current();
        take(here().is_sign("("), "(");
        do value(field, relation);
        while (skip_sign(","));
        take(here().is_sign(")"), "a comma or )");
    }

    void value(const ReadField& field, const FilterOperator& relation) {
        const FilterToken found = here();
        if (found.is_word("CURRENTITEM") || found.is_word("CURRENTUSER")) return current();
        if (found.kind == FilterTokenKind::stray && (found.text.front() == '"' || found.text.front() == '\'')) {
            throw forbidden(found, "The string is not closed", Evidence::inferred);
        }
        const bool star = found.is_sign("*") || found.text == "\"*\"" || found.text == "'*'";
        const bool fits = star || found.kind == FilterTokenKind::string || found.kind == FilterTokenKind::number ||
                          found.kind == FilterTokenKind::placeholder;
        take(fits, "a quoted string, a number or a placeholder");
        if (star && !field.is_event_type()) {
            throw forbidden(found, "The asterisk can only be used with the EVENT_TYPE of interactions");
        }
        if (found.kind == FilterTokenKind::placeholder) placeholder(found, relation);
    }

    void current() {
        if (!in_if_ && here().is_word("CURRENTUSER")) {
            throw forbidden(here(), "CurrentUser can only be used in an IF condition");
        }
        take_field("CurrentItem");
    }

    void placeholder(const FilterToken& found, const FilterOperator& relation) {
        if (relation.negated) throw filter_placeholder_forbidden(text_, found);
        const std::string_view name = found.text.substr(1);
        if (known_.insert(name).second) read_.placeholders.emplace_back(name);
    }

    model::ApiError forbidden(const FilterToken& found, const std::string& rule,
                              Evidence evidence = Evidence::documented) const {
        return filter_forbidden(text_, found, rule, evidence);
    }

    std::string_view text_;
    std::vector<FilterToken> tokens_;
    std::size_t next_ = 0;
    bool in_if_ = false;
    std::string_view dataset_;                    // of the expression's first condition
    std::unordered_set<std::string_view> known_;  // placeholders
    FilterExpression read_;
};

}  // namespace

FilterExpression parse_filter_expression(std::string_view text) {
    return FilterReader(text).all();
}

}  // namespace plocal::languages
