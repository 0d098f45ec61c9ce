#include "server/model/languages/metric_expression.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "server/base/problem.h"
#include "server/base/text.h"
#include "server/model/api_error.h"

namespace plocal::languages {
namespace {

bool is_word_part(char c) {
    return base::is_letter_or_digit(c) || c == '_';
}

class MetricReader {
public:
    explicit MetricReader(std::string_view text) : text_(text) { skip_blanks(); }

    MetricExpression read() {
        MetricExpression expression;
        const std::string function = base::upper(word());
        if (function != "SUM" && function != "SAMPLECOUNT") refuse("SUM or SAMPLECOUNT");
        take(word());
        take_mark("(");
        if (function == "SAMPLECOUNT") {
            expression.is_count = true;
        } else {
            expression.dataset = dataset();
            take_mark(".");
            expression.column = column();
        }
        take_mark(")");
        if (at_ != text_.size()) refuse("nothing more");
        return expression;
    }

private:
    std::string dataset() {
        std::string type = base::upper(word());
        if (type != "ITEMS" && type != "INTERACTIONS") refuse("Items or Interactions");
        take(word());
        return type;
    }

    std::string column() {
        const std::string_view name = word();
        if (name.empty() || base::is_digit(name.front())) refuse("the name of a column");
        take(name);
        return std::string(name);
    }

    std::string_view word() const {
        const std::string_view rest = text_.substr(at_);
        const auto end = std::ranges::find_if_not(rest, is_word_part);
        return rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
    }

    void take(std::string_view part) {
        at_ += part.size();
        skip_blanks();
    }

    void take_mark(std::string_view mark) {
        if (!text_.substr(at_).starts_with(mark)) refuse("'" + std::string(mark) + "'");
        take(mark);
    }

    void skip_blanks() {
        while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    }

    /// Describes the word or character at this place, or the end of the text.
    std::string found() const {
        if (at_ == text_.size()) return "the end";
        std::size_t size = std::max<std::size_t>(word().size(), 1);
        while (at_ + size < text_.size() && base::is_utf8_continuation(text_[at_ + size])) ++size;
        return "'" + std::string(text_.substr(at_, size)) + "'";
    }

    // The text before this place is ASCII, so the offset counts characters.
    [[noreturn]] void refuse(const std::string& expected) const {
        throw model::ApiError("InvalidInputException",
                              "Invalid metric expression at character " + std::to_string(at_ + 1) + ": " +
                                  base::mismatch(expected, found()) + ".",
                              "a metric is SUM(Items.COLUMN), SUM(Interactions.COLUMN) or SAMPLECOUNT()",
                              model::Evidence::documented);
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

MetricExpression parse_metric_expression(std::string_view text) {
    return MetricReader(text).read();
}

}  // namespace plocal::languages
