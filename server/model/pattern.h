// A model's regular expression as a matcher whose time is linear in the value's length. The only room that knows
// which engine does it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace plocal::model {

class Pattern {
public:
    /// `text` as the model gives it, in Java's dialect. Throws std::runtime_error for one that cannot be read.
    explicit Pattern(std::string text);
    ~Pattern();

    /// The model's own spelling, for messages.
    const std::string& text() const { return text_; }

    /// Whether the whole value matches, as the service anchors it (seen at siblings); values are UTF-8.
    bool matches(std::string_view value) const;

private:
    struct Engine;
    std::string text_;
    std::unique_ptr<const Engine> engine_;
};

}  // namespace plocal::model
