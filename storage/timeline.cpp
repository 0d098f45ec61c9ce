// The text of a timeline: three numbers, the origin, each step behind a semicolon, and the failure reason behind an
// exclamation mark:
//
//     begins_ms changed_ms polls_taken fixture;d1000 CREATE PENDING;wl2=1700000000400,3,4096,12,0@1700000000500,call
//     CREATE IN_PROGRESS;n CREATE FAILED"own reason"!reason
//
// A step is: "w" or "W" for work ("W" where the work does not decide the outcome), the ending's letter, the number that
// the ending needs, "=" with moment, files, bytes, lines and errors of work that is over and its detail in quotes, "@"
// with the moment when the step ended, a comma and the cause of that, a blank, the status, and the step's own failure
// reason in quotes. All but letter, blank and status is left out where there is nothing to say.
//
// Version 1 of the tables has no work and no reason of a step's own.
#include "storage/timeline.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <stdexcept>

#include "server/base/text.h"
#include "storage/text_cursor.h"

namespace plocal::storage {

namespace {

using base::Instant;

bool is_status_letter(char c) {
    return base::is_letter(c) || c == ' ' || c == '_';
}

bool is_cause_letter(char c) {
    return base::is_letter_or_digit(c) || std::string_view(":._-").find(c) != std::string_view::npos;
}

bool is_status(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_status_letter);
}

void append_cause(std::string& text, char before, const std::string& cause) {
    if (cause.empty()) return;
    if (!is_cause(cause)) throw std::invalid_argument("not a cause: '" + cause + "'");
    text += before;
    text += cause;
}

void append_number(std::string& text, std::int64_t number) {
    char digits[std::numeric_limits<std::int64_t>::digits10 + 3];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
    text.append(digits, end);
}

// What would break the line, or end it early for a reader in C, and the backslash itself. In quotes the quote too.
constexpr std::string_view plain("\n\r\0\\\"", 5);
constexpr std::string_view escaped("nr0\\\"", 5);

std::string_view escaped_characters(bool is_quoted) {
    return plain.substr(0, is_quoted ? plain.size() : plain.size() - 1);
}

void append_reason(std::string& text, std::string_view reason, bool is_quoted) {
    for (const char c : reason) {
        const std::size_t at = escaped_characters(is_quoted).find(c);
        if (at != plain.npos) text += '\\';
        text += at == plain.npos ? c : escaped[at];
    }
}

void append_quoted(std::string& text, std::string_view reason) {
    text += '"';
    append_reason(text, reason, true);
    text += '"';
}

void append_ending(std::string& text, const Step& step) {
    if (step.work) {
        if (step.ending == Ending::never) throw std::invalid_argument("work at a step that never ends: " + step.status);
        text += step.work->decides_outcome ? 'w' : 'W';
    }
    text += static_cast<char>(step.ending);
    if (step.ending == Ending::duration) append_number(text, step.duration.count());
    if (step.ending == Ending::polls) append_number(text, step.polls);
}

void append_result(std::string& text, const Work& work) {
    text += '=';
    append_number(text, work.over->time_since_epoch().count());
    for (const std::int64_t count : {work.files, work.bytes, work.lines, work.errors}) {
        text += ',';
        append_number(text, count);
    }
    if (!work.detail.empty()) append_quoted(text, work.detail);
}

void append_step(std::string& text, const Step& step) {
    if (!is_status(step.status)) {
        throw std::invalid_argument("not a status: '" + step.status + "'");
    }
    text += ';';
    append_ending(text, step);
    if (step.work && step.work->over) append_result(text, *step.work);
    if (step.ended) {
        text += '@';
        append_number(text, step.ended->time_since_epoch().count());
        append_cause(text, ',', step.cause);
    }
    text += ' ';
    text += step.status;
    if (step.failure_reason) append_quoted(text, *step.failure_reason);
}

char reason_character(TextCursor& cursor, bool is_quoted) {
    const std::string_view special = escaped_characters(is_quoted);
    const char c = cursor.take();
    if (c != '\\') {
        if (special.find(c) != special.npos) cursor.fail();
        return c;
    }
    const std::size_t at = escaped.substr(0, special.size()).find(cursor.take());
    if (at == escaped.npos) cursor.fail();
    return special[at];
}

/// A reason up to the end of the text.
std::string last_reason(TextCursor& cursor) {
    std::string reason;
    while (!cursor.at_end()) reason += reason_character(cursor, false);
    if (reason.empty()) cursor.fail();
    return reason;
}

/// A reason up to the closing quote; the opening one has been taken.
std::string quoted_reason(TextCursor& cursor) {
    std::string reason;
    while (!cursor.try_take('"')) reason += reason_character(cursor, true);
    return reason;
}

Instant instant(TextCursor& cursor) {
    return Instant(std::chrono::milliseconds(cursor.number()));
}

void read_ending(TextCursor& cursor, Step& step) {
    const bool decides_outcome = cursor.try_take('w');
    if (decides_outcome || cursor.try_take('W')) step.work = Work{.decides_outcome = decides_outcome};
    step.ending = static_cast<Ending>(cursor.take());
    switch (step.ending) {
        case Ending::duration:
            step.duration = std::chrono::milliseconds(cursor.number());
            return;
        case Ending::polls:
            step.polls = cursor.number();
            return;
        case Ending::never:
            if (step.work) cursor.fail();
            return;
        case Ending::command:
            return;
    }
    cursor.fail();
}

void read_result(TextCursor& cursor, Work& work) {
    work.over = instant(cursor);
    for (std::int64_t* const count : {&work.files, &work.bytes, &work.lines, &work.errors}) {
        cursor.expect(',');
        *count = cursor.number();
    }
    if (cursor.try_take('"')) work.detail = quoted_reason(cursor);
}

Step read_step(TextCursor& cursor) {
    Step step;
    read_ending(cursor, step);
    if (step.work && cursor.try_take('=')) read_result(cursor, *step.work);
    if (cursor.try_take('@')) {
        step.ended = instant(cursor);
        if (cursor.try_take(',')) step.cause = cursor.word(is_cause_letter);
    }
    cursor.expect(' ');
    step.status = cursor.word(is_status_letter);
    if (cursor.try_take('"')) step.failure_reason = quoted_reason(cursor);
    return step;
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
        append_reason(text, timeline.failure_reason, false);
    }
    return text;
}

Timeline timeline_from_text(std::string_view text) {
    TextCursor cursor("timeline", text);
    Timeline timeline;
    timeline.begins = instant(cursor);
    cursor.expect(' ');
    timeline.changed = instant(cursor);
    cursor.expect(' ');
    timeline.polls_taken = cursor.number();
    if (cursor.try_take(' ')) timeline.origin = cursor.word(is_cause_letter);
    constexpr std::size_t usual_steps = 3;
    timeline.steps.reserve(usual_steps);
    while (cursor.try_take(';')) timeline.steps.push_back(read_step(cursor));
    if (cursor.try_take('!')) timeline.failure_reason = last_reason(cursor);
    if (!cursor.at_end()) cursor.fail();
    return timeline;
}

}  // namespace plocal::storage
