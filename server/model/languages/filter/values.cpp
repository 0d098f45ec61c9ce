#include "server/model/languages/filter/values.h"

#include <optional>
#include <utility>

#include "server/model/api_error.h"

namespace plocal::languages {
namespace {

using model::Evidence;

constexpr std::string_view blanks_in_values = " \t\r\n";

std::string_view trimmed_value(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(blanks_in_values);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(blanks_in_values) - begin + 1);
}

model::ApiError value_refused(std::string_view placeholder, const std::string& what,
                              Evidence evidence = Evidence::inferred) {
    return {"InvalidInputException", "Invalid filterValues for $" + std::string(placeholder) + ": " + what + ".",
            "filterValues/" + std::string(placeholder) + ": " + what, evidence};
}

std::vector<std::string> values_in_quotes(std::string_view placeholder, std::string_view rest) {
    std::vector<std::string> values;
    for (;;) {
        if (!rest.starts_with('"')) throw value_refused(placeholder, "expected a string in double quotes");
        std::string& value = values.emplace_back();
        std::size_t at = 1;
        for (; at < rest.size() && rest[at] != '"'; ++at) {
            if (rest[at] == '\\' && at + 1 < rest.size()) ++at;
            value += rest[at];
        }
        if (at == rest.size()) throw value_refused(placeholder, "a string is not closed");
        rest = trimmed_value(rest.substr(at + 1));
        if (rest.empty()) return values;
        if (!rest.starts_with(',')) throw value_refused(placeholder, "expected a comma between two strings");
        rest = trimmed_value(rest.substr(1));
    }
}

// Binds one condition at a time. Reads each placeholder when it is first needed.
class FilterBinder {
public:
    FilterBinder(const FilterExpression& expression, const FilterValues& values)
        : expression_(expression), given_(values) {}

    BoundFilter all() {
        BoundFilter bound{expression_.parts.front().ids, {}, expression_.fields, {}};
        for (const FilterPart& part : expression_.parts) {
            if (!is_missing_value(part)) bound.parts.push_back(bind(part));
        }
        set_filter_keys(bound);
        return bound;
    }

private:
    // A condition that needs a value makes its whole part inapplicable, so it is found before anything is bound.
    bool is_missing_value(const FilterPart& part) {
        const auto missing = first_missing(part.conditions);
        const auto in_if = missing ? missing : first_missing(part.only_if);
        if (in_if && part.effect == FilterEffect::include) {
            throw value_refused(*in_if, "an INCLUDE needs a value for each of its placeholders", Evidence::documented);
        }
        return in_if.has_value();
    }

    std::optional<std::string> first_missing(const std::vector<FilterCondition>& conditions) {
        for (const FilterCondition& condition : conditions) {
            for (const FilterValue& value : condition.values) {
                if (value.kind == FilterValueKind::placeholder && values_of(value.text).empty()) return value.text;
            }
        }
        return std::nullopt;
    }

    const std::vector<std::string>& values_of(const std::string& placeholder) {
        const auto known = read_.find(placeholder);
        if (known != read_.end()) return known->second;
        const auto given = given_.find(placeholder);
        return read_[placeholder] =
                   given == given_.end() ? std::vector<std::string>{} : read_filter_values(placeholder, given->second);
    }

    BoundPart bind(const FilterPart& part) {
        BoundPart bound;
        bound.effect = part.effect;
        bound.text = expression_.text_of(part);
        for (const FilterCondition& condition : part.conditions) {
            bound.conditions.push_back(bind(condition));
            note_reads(bound.reads, bound.conditions.back());
        }
        chain_conditions(bound.conditions, part.logic);
        for (const FilterCondition& condition : part.only_if) {
            bound.only_if.push_back(bind(condition));
            note_reads(bound.reads, bound.only_if.back());
        }
        return bound;
    }

    void note_reads(FilterReads& reads, const BoundCondition& condition) const {
        note_read(reads, condition.field);
        for (const std::size_t other : condition.others) note_read(reads, other);
    }

    void note_read(FilterReads& reads, std::size_t field) const {
        const FilterSource source = expression_.fields[field].source;
        reads.rows |= source == FilterSource::row;
        reads.events |= source == FilterSource::events;
        reads.current_user |= source == FilterSource::current_user;
        reads.current_item |= source == FilterSource::current_item;
    }

    BoundCondition bind(const FilterCondition& condition) {
        BoundCondition bound;
        bound.field = condition.field;
        bound.operation = condition.operation;
        std::vector<std::string> literals;
        for (const FilterValue& value : condition.values) {
            if (value.kind == FilterValueKind::placeholder) {
                const std::vector<std::string>& given = values_of(value.text);
                check_comparison(condition.operation, value.text, given);
                literals.insert(literals.end(), given.begin(), given.end());
            } else if (value.kind == FilterValueKind::field) {
                bound.others.push_back(value.field);
            } else if (value.kind == FilterValueKind::any) {
                bound.is_any = true;
            } else {
                literals.push_back(value.text);
            }
        }
        bound.literals = FilterLiterals(std::move(literals));
        return bound;
    }

    static void check_comparison(FilterOperation operation, const std::string& placeholder,
                                 const std::vector<std::string>& given) {
        if (operation == FilterOperation::in || operation == FilterOperation::not_in) return;
        if (given.size() > 1) throw value_refused(placeholder, "a comparison takes one value");
        if (is_ordering(operation) && !read_filter_number(given.front())) {
            throw value_refused(placeholder, "<, <=, > and >= compare numbers");
        }
    }

    const FilterExpression& expression_;
    const FilterValues& given_;
    std::map<std::string, std::vector<std::string>, std::less<>> read_;
};

}  // namespace

std::vector<std::string> read_filter_values(std::string_view placeholder, std::string_view text) {
    std::string_view rest = trimmed_value(text);
    if (rest.starts_with('"')) return values_in_quotes(placeholder, rest);
    std::vector<std::string> values;
    while (!rest.empty()) {
        const std::size_t comma = rest.find(',');
        const std::string_view value = trimmed_value(rest.substr(0, comma));
        if (!value.empty()) values.emplace_back(value);
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
    return values;
}

BoundFilter bind_filter(const FilterExpression& expression, const FilterValues& values) {
    return FilterBinder(expression, values).all();
}

}  // namespace plocal::languages
