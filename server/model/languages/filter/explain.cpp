#include "server/model/languages/filter/explain.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "server/model/languages/filter/names.h"

namespace plocal::languages {
namespace {

std::string quoted_in_reason(std::string_view text) {
    std::string quoted = "\"";
    quoted += text;
    return quoted += '"';
}

std::string joined_in_reason(const std::vector<std::string>& texts, std::string_view between) {
    std::string joined;
    for (const std::string& text : texts) {
        if (!joined.empty()) joined += between;
        joined += text;
    }
    return joined;
}

void add_once(std::vector<std::string>& texts, std::string text) {
    if (std::ranges::find(texts, text) == texts.end()) texts.push_back(std::move(text));
}

std::string real_in_reason(double real) {
    std::array<char, 32> digits{};
    return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), real).ptr};
}

std::string value_in_reason(const FilterCell& cell) {
    if (const auto* const text = std::get_if<std::string_view>(&cell)) return "is " + quoted_in_reason(*text);
    if (const auto* const whole = std::get_if<std::int64_t>(&cell)) return "is " + std::to_string(*whole);
    if (const auto* const real = std::get_if<double>(&cell)) return "is " + real_in_reason(*real);
    if (const auto* const truth = std::get_if<bool>(&cell)) return *truth ? "is true" : "is false";
    return "has no value";
}

class FilterReason {
public:
    FilterReason(const PreparedFilter& filter, const FilterFields& fields, std::size_t row)
        : filter_(filter), fields_(fields), row_(row) {}

    // AND and OR never negate: the conditions that hold make a part hold, the others make it fail.
    void add(const BoundPart& part, bool holds) {
        for (std::size_t next = 0; next < part.conditions.size();) {
            const BoundCondition& condition = part.conditions[next];
            const bool is_true = filter_.holds(condition, fields_, row_);
            next = is_true ? condition.if_true : condition.if_false;
            if (is_true == holds) add_facts(condition);
        }
    }

    std::string text() const { return joined_in_reason(facts_, " and "); }

private:
    void add_facts(const BoundCondition& condition) {
        const FilterField& field = filter_.filter().fields[condition.field];
        if (field.source == FilterSource::events) return add_once(facts_, fact_of_events(condition, events_of(field)));
        add_fact(condition.field);
        for (const std::size_t other : condition.others) add_fact(other);
    }

    void add_fact(std::size_t field) {
        const std::string name = filter_field_name(filter_.filter().fields[field]);
        add_once(facts_, name + " " + value_in_reason(filter_.cell(field, fields_, row_)));
    }

    std::string fact_of_events(const BoundCondition& condition, FilterEvents events) const {
        const std::string with = filter_.filter().ids == FilterIds::users ? "" : " with it";
        std::vector<std::string> found;
        bool has_any = false;
        for (const std::string_view type : fields_.filter_event_types(events, row_)) {
            has_any = true;
            if (!type.empty() && is_listed(condition, events, type)) add_once(found, quoted_in_reason(type));
        }
        if (!found.empty()) return "the user has " + joined_in_reason(found, " and ") + with;
        if (condition.is_any) return (has_any ? "the user has an interaction" : "the user has no interaction") + with;
        for (const std::string& type : condition.literals.texts()) found.push_back(quoted_in_reason(type));
        return "the user has no " + joined_in_reason(found, " or ") + with;
    }

    static bool is_listed(const BoundCondition& condition, FilterEvents events, std::string_view type) {
        return condition.is_any || std::ranges::any_of(condition.literals.texts(), [&](std::string_view listed) {
                   return is_same_event_type(events, listed, type);
               });
    }

    const PreparedFilter& filter_;
    const FilterFields& fields_;
    std::size_t row_;
    std::vector<std::string> facts_;
};

}  // namespace

FilterVerdict explain_filter(const PreparedFilter& filter, const FilterFields& fields, std::size_t row) {
    const std::vector<BoundPart>& parts = filter.filter().parts;
    const auto explained = [&](const BoundPart& part, bool passes, bool holds) {
        FilterReason reason(filter, fields, row);
        reason.add(part, holds);
        return FilterVerdict{passes, part.text, reason.text()};
    };
    const BoundPart* included_by = nullptr;
    std::vector<std::string> failed;
    FilterReason reason(filter, fields, row);
    for (std::size_t part = 0; part < parts.size(); ++part) {
        if (parts[part].effect != FilterEffect::include || !filter.applies(part, fields)) continue;
        if (filter.holds(part, fields, row)) {
            if (included_by == nullptr) included_by = &parts[part];
            continue;
        }
        failed.push_back(parts[part].text);
        reason.add(parts[part], false);
    }
    if (included_by == nullptr && !failed.empty()) return {false, joined_in_reason(failed, " | "), reason.text()};
    for (std::size_t part = 0; part < parts.size(); ++part) {
        const bool excludes = parts[part].effect == FilterEffect::exclude && filter.applies(part, fields) &&
                              filter.holds(part, fields, row);
        if (excludes) return explained(parts[part], false, true);
    }
    return included_by == nullptr ? FilterVerdict{true, "", ""} : explained(*included_by, true, true);
}

}  // namespace plocal::languages
