#include "server/model/languages/filter/parse.h"

#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "server/model/languages/filter/logic.h"
#include "server/model/languages/filter/names.h"
#include "server/model/languages/filter/tokens.h"

namespace plocal::languages {
namespace {

using model::Evidence;

struct ReadField {
    const FilterDatasetName& name;
    FilterToken word;
    FilterToken column;
    std::size_t index = 0;  // in FilterExpression::fields

    bool of_events() const { return name.source == FilterSource::events; }
    bool is_event_type() const { return of_events() && column.is_word("EVENT_TYPE"); }
};

class FilterReader {
public:
    explicit FilterReader(std::string_view text) : text_(text), tokens_(filter_tokens(text)) {}

    FilterExpression all() {
        read_.text = text_;
        do part();
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

    void part() {
        FilterPart& read = read_.parts.emplace_back();
        read.begin = here().at;
        read.effect = here().is_word("EXCLUDE") ? FilterEffect::exclude : FilterEffect::include;
        take(here().is_word("INCLUDE") || here().is_word("EXCLUDE"), "INCLUDE or EXCLUDE");
        const FilterTarget* const target = filter_target_named(here());
        read.ids_at = take(target != nullptr, "ItemID, UserID or ActionID").at;
        read.ids = target->ids;
        take(here().is_word("WHERE"), "WHERE");
        in_if_ = false;
        dataset_ = {};
        read.logic = conditions(*target, read.conditions);
        in_if_ = skip_word("IF");
        if (in_if_) conditions(*target, read.only_if);
        read.end = tokens_[next_ - 1].at + tokens_[next_ - 1].text.size();
        if (here().kind == FilterTokenKind::end || here().is_sign("|")) return;
        take(false, in_if_ ? "AND, | or the end" : "AND, OR, IF, | or the end");
    }

    std::vector<FilterStep> conditions(const FilterTarget& target, std::vector<FilterCondition>& read) {
        FilterLogic logic;
        std::size_t open = 0;
        do {
            for (; skip_sign("("); ++open) logic.open();
            read.push_back(condition(target));
            logic.condition();
            for (; open > 0 && skip_sign(")"); --open) logic.close();
        } while (joined(logic));
        if (open > 0) take(false, in_if_ ? "AND or )" : "AND, OR or )");
        return logic.take();
    }

    bool joined(FilterLogic& logic) {
        if (in_if_ && here().is_word("OR")) {
            throw forbidden(here(), "An IF condition can only be extended with AND");
        }
        if (in_if_ && here().is_word("IF")) {
            throw forbidden(here(), "An expression can only have one IF condition");
        }
        if (skip_word("AND")) {
            logic.join_both();
            return true;
        }
        const bool either = skip_word("OR");
        if (either) logic.join_either();
        return either;
    }

    FilterCondition condition(const FilterTarget& target) {
        const ReadField field = take_field("a field such as Items.GENRE");
        if (!in_if_) {
            check_source(field, target);
            check_column(field);
        } else if (field.name.source != FilterSource::current_user) {
            throw forbidden(field.word, "An IF condition can only check fields of CurrentUser");
        }
        FilterCondition read{field.index, take_operation(), {}};
        if (read.operation == FilterOperation::in || read.operation == FilterOperation::not_in) {
            list(field, read);
            return read;
        }
        const bool enclosed = skip_sign("(");
        value(field, read);
        if (enclosed) take(here().is_sign(")"), ")");
        return read;
    }

    void check_source(const ReadField& field, const FilterTarget& target) {
        if (field.name.source == FilterSource::current_user) {
            throw forbidden(field.word, "CurrentUser can only be used in an IF condition");
        }
        if (field.name.is_current()) {
            throw forbidden(field.word, "CurrentItem can only be what a field is compared with", Evidence::inferred);
        }
        if (dataset_.empty()) dataset_ = field.name.dataset;
        if (field.name.dataset != dataset_) {
            throw forbidden(field.word, "Conditions joined by AND or OR must be on the dataset of the first one, " +
                                            std::string(dataset_) + "; | joins expressions on others");
        }
        if (!target.allows(dataset_)) throw forbidden(field.word, target.rule, Evidence::inferred);
    }

    void check_column(const ReadField& field) const {
        if (field.of_events() && !field.is_event_type()) {
            throw forbidden(field.column, "Interactions can only be filtered by EVENT_TYPE");
        }
        const bool automatic =
            field.column.is_word("ACTION_EXPIRATION_TIMESTAMP") || field.column.is_word("REPEAT_FREQUENCY");
        if (automatic && field.name.dataset == "ACTIONS") {
            throw forbidden(field.column, "Actions cannot be filtered by this field");
        }
    }

    ReadField take_field(const char* what) {
        const FilterDatasetName* const name = filter_dataset_named(here());
        const FilterToken word = take(name != nullptr, what);
        take(here().is_sign("."), "a dot and the name of a field");
        const FilterToken column = take(here().kind == FilterTokenKind::word, "the name of a field");
        read_.fields.push_back({std::string(name->dataset), std::string(column.text), word.at, name->source});
        return {*name, word, column, read_.fields.size() - 1};
    }

    FilterOperation take_operation() {
        if (skip_word("IN")) return FilterOperation::in;
        if (skip_word("NOT_IN")) return FilterOperation::not_in;
        if (skip_word("NOT")) {
            take(here().is_word("IN"), "IN");
            return FilterOperation::not_in;
        }
        const auto comparison = filter_comparison(here());
        take(comparison.has_value(), "IN, NOT IN, =, !=, <, <=, > or >=");
        return *comparison;
    }

    // CurrentItem may have several values itself and needs no parentheses.
    void list(const ReadField& field, FilterCondition& read) {
        if (here().is_word("CURRENTITEM") || here().is_word("CURRENTUSER")) return current(read);
        take(here().is_sign("("), "(");
        do value(field, read);
        while (skip_sign(","));
        take(here().is_sign(")"), "a comma or )");
    }

    void value(const ReadField& field, FilterCondition& read) {
        const FilterToken found = here();
        if (found.is_word("CURRENTITEM") || found.is_word("CURRENTUSER")) return current(read);
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
        if (found.kind == FilterTokenKind::placeholder) return placeholder(found, read);
        const bool is_number = found.kind == FilterTokenKind::number;
        const FilterValueKind kind =
            star ? FilterValueKind::any : (is_number ? FilterValueKind::number : FilterValueKind::text);
        const bool is_quoted = found.kind == FilterTokenKind::string;
        read.values.push_back({kind, is_quoted ? unquoted(found) : std::string(found.text), 0, found.at});
    }

    void current(FilterCondition& read) {
        if (!in_if_ && here().is_word("CURRENTUSER")) {
            throw forbidden(here(), "CurrentUser can only be used in an IF condition");
        }
        const ReadField field = take_field("CurrentItem");
        read.values.push_back({FilterValueKind::field, {}, field.index, field.word.at});
    }

    void placeholder(const FilterToken& found, FilterCondition& read) {
        if (read.operation == FilterOperation::not_in) throw filter_placeholder_forbidden(text_, found);
        const std::string_view name = found.text.substr(1);
        if (known_.insert(name).second) read_.placeholders.emplace_back(name);
        read.values.push_back({FilterValueKind::placeholder, std::string(name), 0, found.at});
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
