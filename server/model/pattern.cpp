#include "server/model/pattern.h"

#include <charconv>
#include <memory>
#include <stdexcept>
#include <utility>

#include <re2/re2.h>

namespace plocal::model {
namespace {

constexpr std::string_view any_but_line_ends = R"([^\n\r\x{85}\x{2028}\x{2029}])";
constexpr std::string_view ascii_name = R"(\p{ASCII})";
constexpr std::string_view ascii_range = R"(\x00-\x7F)";

[[noreturn]] void refuse(std::string_view text, const std::string& why) {
    throw std::runtime_error("the pattern " + std::string(text) + " cannot be compiled: " + why);
}

/// Returns the upper count of a repetition "{2,1500}" or "{1500}", or 0 if it has none.
int upper_count(std::string_view repetition) {
    const std::size_t comma = repetition.find(',');
    const std::string_view digits = repetition.substr(comma == std::string_view::npos ? 1 : comma + 1);
    int count = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), count);
    return count;
}

/// RE2 supports counts up to 1000. A shape with such a pattern bounds its length as well, so dropping a larger upper
/// count accepts nothing more.
std::string supported_repetition(std::string_view repetition) {
    constexpr int most = 1000;
    const std::size_t comma = repetition.find(',');
    if (comma == std::string_view::npos || upper_count(repetition) <= most) return std::string(repetition);
    return std::string(repetition.substr(0, comma + 1)) + '}';
}

/// Translates one pattern from Java's dialect to RE2's.
class Translation {
public:
    explicit Translation(std::string_view text) : text_(text) {}

    std::string run() {
        while (at_ < text_.size()) step();
        return std::move(out_);
    }

private:
    void step() {
        const char next = text_[at_];
        if (next == '\\') {
            escape();
        } else if (in_class_) {
            // Java reads a nested class here, RE2 a literal bracket.
            if (next == '[') refuse(text_, "a class inside a class");
            if (next == ']') in_class_ = false;
            take(1);
        } else if (next == '[') {
            in_class_ = true;
            take(1);
        } else if (next == '.') {
            put(any_but_line_ends, 1);
        } else if (next == '{') {
            repetition();
        } else {
            take(1);
        }
    }

    void escape() {
        if (!text_.substr(at_).starts_with(ascii_name)) return take(2);
        put(in_class_ ? std::string(ascii_range) : '[' + std::string(ascii_range) + ']', ascii_name.size());
    }

    void repetition() {
        const std::size_t end = text_.find('}', at_);
        if (end == std::string_view::npos) refuse(text_, "a repetition without an end");
        put(supported_repetition(text_.substr(at_, end + 1 - at_)), end + 1 - at_);
    }

    void take(std::size_t count) { put(text_.substr(at_, count), count); }

    void put(std::string_view translated, std::size_t count) {
        out_ += translated;
        at_ += count;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool in_class_ = false;
    std::string out_;
};

RE2::Options options() {
    RE2::Options chosen;
    chosen.set_log_errors(false);
    chosen.set_never_capture(true);
    return chosen;
}

}  // namespace

struct Pattern::Engine {
    explicit Engine(std::string_view text) : expression(Translation(text).run(), options()) {}

    RE2 expression;
};

Pattern::Pattern(std::string text) : text_(std::move(text)) {}

Pattern::~Pattern() {
    delete engine_.load(std::memory_order_relaxed);
}

bool Pattern::matches(std::string_view value) const {
    return RE2::FullMatch({value.data(), value.size()}, engine().expression);
}

// Two threads may compile it at once; the one that is late drops its own.
const Pattern::Engine& Pattern::engine() const {
    const Engine* known = engine_.load(std::memory_order_acquire);
    if (known != nullptr) return *known;
    auto made = std::make_unique<const Engine>(text_);
    if (!made->expression.ok()) refuse(text_, made->expression.error());
    if (!engine_.compare_exchange_strong(known, made.get(), std::memory_order_acq_rel)) return *known;
    return *made.release();
}

}  // namespace plocal::model
