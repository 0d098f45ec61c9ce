// A text in which `*` stands for any run of characters, none included. Every other character stands for itself. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plocal::rules {

class Wildcard {
public:
    explicit Wildcard(std::string_view text);

    /// Whether all of a text is as this says. In time linear in both lengths, whatever they hold.
    bool matches(std::string_view text) const;

    /// The only text that matches, where there is no `*` in it; else null.
    const std::string* exact() const { return pieces_.size() == 1 ? pieces_.data() : nullptr; }

    /// What every text that matches begins and ends with.
    std::string_view prefix() const { return pieces_.front(); }
    std::string_view suffix() const { return pieces_.back(); }

private:
    std::vector<std::string> pieces_;  // what stands between the stars: never none, the first and the last may be empty
};

}  // namespace plocal::rules
