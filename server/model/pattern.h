// A regular expression of the model, which matches in time linear in the value's length. The only room that includes
// the regular expression library. Immutable; any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace plocal::model {

class Pattern {
public:
    /// Compiles a pattern of the model, in Java's dialect. Throws std::runtime_error if that is not possible.
    explicit Pattern(std::string text);
    ~Pattern();

    /// The constructor's argument, which messages quote.
    const std::string& text() const { return text_; }

    /// Returns true if the whole value, in UTF-8, matches: the service anchors patterns (seen at sibling services).
    bool matches(std::string_view value) const;

private:
    struct Engine;
    std::string text_;
    std::unique_ptr<const Engine> engine_;
};

}  // namespace plocal::model
