// A regular expression of the model, which matches in time linear in the value's length. It is compiled when it is
// first used: a run needs few of the model's. The only room that includes the regular expression library. Any thread.
#pragma once

#include <atomic>
#include <string>
#include <string_view>

namespace plocal::model {

class Pattern {
public:
    /// Takes a pattern of the model, in Java's dialect.
    explicit Pattern(std::string text);
    Pattern(const Pattern&) = delete;
    Pattern& operator=(const Pattern&) = delete;
    ~Pattern();

    /// The constructor's argument, which messages quote.
    const std::string& text() const { return text_; }

    /// Returns true if the whole value, in UTF-8, matches: the service anchors patterns (seen at sibling services).
    /// Throws std::runtime_error if the pattern cannot be compiled.
    bool matches(std::string_view value) const;

private:
    struct Engine;
    const Engine& engine() const;

    std::string text_;
    mutable std::atomic<const Engine*> engine_ = nullptr;  // owned; null until the first use
};

}  // namespace plocal::model
