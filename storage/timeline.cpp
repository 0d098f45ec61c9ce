// The text of a timeline: three numbers, then each step behind a semicolon, then the failure reason, if there is one,
// behind an exclamation mark:
//
//     begins_ms changed_ms looks_taken fixture;d1000 CREATE PENDING;l2@1700000000500,call CREATE IN_PROGRESS;n
//     ACTIVE!Why
//
// A step is its ending's letter, the number that the ending needs, @ and the moment when it ended, a comma and what
// ended it, a blank, its status. The origin behind the numbers, and all from @ on, are left out where there are none.
#include "storage/timeline.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <stdexcept>
#include <system_error>

namespace plocal::storage {

namespace {

using base::Instant;

bool is_status_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == ' ' || c == '_';
}

bool is_cause_letter(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view(":._-").find(c) != std::string_view::npos;
}

bool is_status(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_status_letter);
}

void append_cause(std::string& text, char before, const std::string& cause) {
    if (cause.empty()) return;
    if (!is_cause(cause)) throw std::invalid_argument("no cause: '" + cause + "'");
    text += before;
    text += cause;
}

void append_number(std::string& text, std::int64_t number) {
    char digits[std::numeric_limits<std::int64_t>::digits10 + 3];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
    text.append(digits, end);
}

void append_step(std::string& text, const Step& step) {
    if (!is_status(step.status)) {
        throw std::invalid_argument("no status: '" + step.status + "'");
    }
    text += ';';
    text += static_cast<char>(step.ending);
    if (step.ending == Ending::duration) append_number(text, step.duration.count());
    if (step.ending == Ending::polls) append_number(text, step.polls);
    if (step.ended) {
        text += '@';
        append_number(text, step.ended->time_since_epoch().count());
        append_cause(text, ',', step.cause);
    }
    text += ' ';
    text += step.status;
}

// What would break the line, or end it early for a reader in C, and the backslash itself.
constexpr std::string_view plain("\n\r\0\\", 4);
constexpr std::string_view escaped("nr0\\", 4);

void append_reason(std::string& text, std::string_view reason) {
    for (const char c : reason) {
        const std::size_t at = plain.find(c);
        if (at != plain.npos) text += '\\';
        text += at == plain.npos ? c : escaped[at];
    }
}

/// Takes a text apart from its front; throws std::invalid_argument at the first thing that does not belong.
class Reader {
public:
    explicit Reader(std::string_view text) : text_(text), rest_(text) {}

    bool at_end() const { return rest_.empty(); }

    bool takes(char c) {
        if (rest_.empty() || rest_.front() != c) return false;
        rest_.remove_prefix(1);
        return true;
    }

    void expect(char c) {
        if (!takes(c)) fail();
    }

    char any() {
        if (rest_.empty()) fail();
        const char c = rest_.front();
        rest_.remove_prefix(1);
        return c;
    }

    std::int64_t number() {
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        const auto length = static_cast<std::size_t>(end - rest_.data());
        const std::size_t first = !rest_.empty() && rest_.front() == '-' ? 1 : 0;
        // One number, one spelling: neither 007 nor -0.
        const bool has_other_spelling = length > 1 && rest_[first] == '0';
        if (error != std::errc{} || has_other_spelling) fail();
        rest_.remove_prefix(length);
        return value;
    }

    Instant instant() { return Instant(std::chrono::milliseconds(number())); }

    std::string_view status() { return word(is_status_letter); }
    std::string_view cause() { return word(is_cause_letter); }

    std::string_view word(bool (*is_letter)(char)) {
        const auto end = std::find_if_not(rest_.begin(), rest_.end(), is_letter);
        const std::string_view taken(rest_.begin(), end);
        if (taken.empty()) fail();
        rest_.remove_prefix(taken.size());
        return taken;
    }

    std::string reason() {
        if (rest_.empty()) fail();
        std::string reason;
        reason.reserve(rest_.size());
        while (!rest_.empty()) {
            const char c = any();
            const std::size_t at = c == '\\' ? escaped.find(any()) : plain.find(c);
            if (c == '\\' ? at == plain.npos : at != plain.npos) fail();
            reason += c == '\\' ? plain[at] : c;
        }
        return reason;
    }

    [[noreturn]] void fail() const {
        throw std::invalid_argument("a damaged timeline, at byte " + std::to_string(text_.size() - rest_.size()) +
                                    ": '" + std::string(text_) + "'");
    }

private:
    std::string_view text_;
    std::string_view rest_;
};

void read_ending(Reader& reader, Step& step) {
    switch (const auto ending = static_cast<Ending>(reader.any())) {
        case Ending::duration:
            step.duration = std::chrono::milliseconds(reader.number());
            step.ending = ending;
            return;
        case Ending::polls:
            step.polls = reader.number();
            step.ending = ending;
            return;
        case Ending::never:
        case Ending::command:
            step.ending = ending;
            return;
    }
    reader.fail();
}

}  // namespace

bool is_cause(std::string_view word) {
    return !word.empty() && std::all_of(word.begin(), word.end(), is_cause_letter);
}

std::string to_text(const Timeline& timeline) {
    std::string text;
    text.reserve(64 + 40 * timeline.steps.size() + timeline.failure_reason.size());
    append_number(text, timeline.begins.time_since_epoch().count());
    text += ' ';
    append_number(text, timeline.changed.time_since_epoch().count());
    text += ' ';
    append_number(text, timeline.polls_taken);
    append_cause(text, ' ', timeline.origin);
    for (const Step& step : timeline.steps) append_step(text, step);
    if (!timeline.failure_reason.empty()) {
        text += '!';
        append_reason(text, timeline.failure_reason);
    }
    return text;
}

Timeline timeline_from_text(std::string_view text) {
    Reader reader(text);
    Timeline timeline;
    timeline.begins = reader.instant();
    reader.expect(' ');
    timeline.changed = reader.instant();
    reader.expect(' ');
    timeline.polls_taken = reader.number();
    if (reader.takes(' ')) timeline.origin = reader.cause();
    constexpr std::size_t usual_steps = 3;
    timeline.steps.reserve(usual_steps);
    while (reader.takes(';')) {
        Step& step = timeline.steps.emplace_back();
        read_ending(reader, step);
        if (reader.takes('@')) {
            step.ended = reader.instant();
            if (reader.takes(',')) step.cause = reader.cause();
        }
        reader.expect(' ');
        step.status = reader.status();
    }
    if (reader.takes('!')) timeline.failure_reason = reader.reason();
    if (!reader.at_end()) reader.fail();
    return timeline;
}

}  // namespace plocal::storage
