// Takes a text apart from its front. Every function but the queries throws std::invalid_argument where the text is not
// what it expects. The text must outlive the cursor. For any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace plocal::storage {

class TextCursor {
public:
    /// `what` names the text in errors: "timeline".
    TextCursor(std::string_view what, std::string_view text) : what_(what), text_(text), unread_(text) {}

    bool at_end() const { return unread_.empty(); }

    /// Takes this character, if it is next.
    bool try_take(char c);

    /// Takes this character.
    void expect(char c);

    /// Takes the next character, whatever it is.
    char take();

    /// Takes a decimal number in its one spelling: neither 007 nor -0.
    std::int64_t number();

    /// Takes as many of these letters as follow, at least one. Lives as long as the text.
    std::string_view word(bool (*is_letter)(char));

    /// Throws std::invalid_argument, which names the place and the text.
    [[noreturn]] void fail() const;

private:
    std::string_view what_;
    std::string_view text_;
    std::string_view unread_;
};

}  // namespace plocal::storage
