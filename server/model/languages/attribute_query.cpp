#include "server/model/languages/attribute_query.h"

#include "server/model/languages/filter/tokens.h"

namespace plocal::languages {
namespace {

class AttributeReader {
public:
    explicit AttributeReader(std::string_view text) : text_(text), tokens_(filter_tokens(text)) {}

    std::vector<AttributeCondition> all() {
        std::vector<AttributeCondition> conditions;
        for (;;) {
            conditions.push_back(condition());
            if (here().kind == FilterTokenKind::end) return conditions;
            take(here().is_word("AND"), "AND or the end");
        }
    }

private:
    const FilterToken& here() const { return tokens_[next_]; }

    // The end token is never taken, so the index stays valid.
    FilterToken take(bool fits, const char* what) {
        if (!fits) throw filter_expected(text_, here(), what, "itemAttributes");
        return tokens_[next_++];
    }

    AttributeCondition condition() {
        take(here().is_word("ITEMS"), "a field such as ITEMS.GENRES");
        take(here().is_sign("."), "a dot and the name of a field");
        const FilterToken column = take(here().kind == FilterTokenKind::word, "the name of a field");
        take(here().is_sign("="), "=");
        const bool is_text = here().kind == FilterTokenKind::string;
        const FilterToken value = take(is_text || here().kind == FilterTokenKind::number, "a quoted string");
        return {std::string(column.text), is_text ? unquoted(value) : std::string(value.text)};
    }

    std::string_view text_;
    std::vector<FilterToken> tokens_;
    std::size_t next_ = 0;
};

}  // namespace

std::vector<AttributeCondition> parse_attribute_query(std::string_view text) {
    return AttributeReader(text).all();
}

}  // namespace plocal::languages
