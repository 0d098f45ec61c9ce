#include "server/model/languages/filter/bound.h"

#include <algorithm>
#include <utility>

#include "server/base/text.h"
#include "server/model/languages/filter/names.h"

namespace plocal::languages {
namespace {

char folded_in_event_type(FilterEvents events, char c) {
    return events == FilterEvents::actions && c == ' ' ? '_' : base::upper(c);
}

struct ChainOperand {
    std::size_t if_true;
    std::size_t if_false;
    FilterStep first_of;  // both or either for the first operand of one, condition for all others
};

// Quoted, so that no value can end the list that it is in.
void add_quoted_to_key(std::string& key, std::string_view text) {
    key += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') key += '\\';
        key += c;
    }
    key += '"';
}

std::string key_of_field(const FilterField& field) {
    return base::upper(filter_field_name(field));
}

std::vector<std::string> literals_for_key(const BoundCondition& condition, const FilterField& field) {
    std::vector<std::string> texts = condition.literals.texts();
    if (field.source != FilterSource::events) return texts;
    for (std::string& text : texts) text = fold_event_type(events_of(field), text);
    std::ranges::sort(texts);
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    return texts;
}

std::string key_of_condition(const BoundFilter& filter, const BoundCondition& condition) {
    constexpr std::string_view operations[] = {"in", "not in", "=", "!=", "<", "<=", ">", ">="};
    const FilterField& field = filter.fields[condition.field];
    std::string key = key_of_field(field);
    key += ' ';
    key += operations[static_cast<std::size_t>(condition.operation)];
    for (const std::string& text : literals_for_key(condition, field)) {
        key += ' ';
        add_quoted_to_key(key, text);
    }
    if (condition.is_any) key += " *";
    for (const std::size_t other : condition.others) key += ' ' + key_of_field(filter.fields[other]);
    return key;
}

// The chain is part of the key: it is what tells AND from OR.
std::string key_of_conditions(const BoundFilter& filter, const BoundPart& part) {
    const auto place = [](std::size_t index) {
        return index == accepts ? "+" : index == rejects ? "-" : std::to_string(index);
    };
    std::string key(filter_ids_name(filter.ids));
    for (const BoundCondition& condition : part.conditions) {
        key += "; " + key_of_condition(filter, condition) + " ? " + place(condition.if_true) + " : " +
               place(condition.if_false);
    }
    return key;
}

}  // namespace

FilterEvents events_of(const FilterField& field) {
    return field.dataset == "ACTION_INTERACTIONS" ? FilterEvents::actions : FilterEvents::items;
}

std::string fold_event_type(FilterEvents events, std::string_view type) {
    std::string folded(type);
    for (char& c : folded) c = folded_in_event_type(events, c);
    return folded;
}

bool is_same_event_type(FilterEvents events, std::string_view one, std::string_view other) {
    return std::ranges::equal(one, other, [events](char a, char b) {
        return folded_in_event_type(events, a) == folded_in_event_type(events, b);
    });
}

// Postfix read from its end is an operator, its second operand, its first operand.
void chain_conditions(std::vector<BoundCondition>& conditions, const std::vector<FilterStep>& logic) {
    std::vector<ChainOperand> operands{{accepts, rejects, FilterStep::condition}};
    std::size_t next = conditions.size();  // where the operand after this one begins
    for (auto step = logic.rbegin(); step != logic.rend(); ++step) {
        ChainOperand operand = operands.back();
        operands.pop_back();
        if (operand.first_of == FilterStep::both) operand.if_true = next;
        if (operand.first_of == FilterStep::either) operand.if_false = next;
        if (*step == FilterStep::condition) {
            --next;
            conditions[next].if_true = operand.if_true;
            conditions[next].if_false = operand.if_false;
            continue;
        }
        operands.push_back({operand.if_true, operand.if_false, *step});
        operands.push_back({operand.if_true, operand.if_false, FilterStep::condition});
    }
}

void set_filter_keys(BoundFilter& filter) {
    std::vector<std::string> keys;
    for (BoundPart& part : filter.parts) {
        part.key = key_of_conditions(filter, part);
        std::string key = (part.effect == FilterEffect::include ? "include " : "exclude ") + part.key;
        for (const BoundCondition& condition : part.only_if) key += " if " + key_of_condition(filter, condition);
        keys.push_back(std::move(key));
    }
    std::ranges::sort(keys);
    filter.key.clear();
    for (const std::string& key : keys) filter.key += key + " | ";
}

}  // namespace plocal::languages
