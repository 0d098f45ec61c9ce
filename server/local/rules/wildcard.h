// A text in which `*` stands for any characters, or none. Every other character stands for itself. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace plocal::rules {

class Wildcard {
public:
    explicit Wildcard(std::string_view text);

    /// Returns true where the whole text matches. Linear in both lengths, whatever they contain.
    bool matches(std::string_view text) const;

    /// Returns the only text that matches, or null where there is a `*`.
    const std::string* exact() const { return has_star_ ? nullptr : &first_; }

private:
    bool has_star_ = false;
    std::string first_;                // before the first star; the whole text where there is none
    std::string last_;                 // behind the last star
    std::vector<std::string> middle_;  // between the stars, none of them empty
};

}  // namespace plocal::rules
