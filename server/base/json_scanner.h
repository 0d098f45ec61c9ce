// Finds where the values of a JSON text begin and end, and passes over what is inside them: it knows quotes and
// brackets alone. Whether a value is JSON, its reader finds out. For one thread at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/base/pieces.h"

namespace plocal::base {

class JsonScanner {
public:
    /// `pieces` must outlive the scanner and begin at `offset`, in bytes from the beginning of the text.
    explicit JsonScanner(Pieces& pieces, std::uint64_t offset = 0) : pieces_(pieces), end_offset_(offset) {}

    /// Returns the next character that is not white space, without taking it. Returns 0 at the end of the text.
    char peek();

    /// Returns true if nothing but white space is left.
    bool has_ended();

    /// Takes the next character that is not white space, if it is this one.
    bool take(char expected);

    /// Takes the next value and returns its text, which lives until the next call; a text that is one piece lives as
    /// long as the piece. Returns nothing where no value begins or ends.
    std::optional<std::string_view> take_value();

    /// Passes over the next value. Returns false where no value begins or ends.
    bool skip_value();

    /// The offset of the next character in the text, in bytes.
    std::uint64_t offset() const { return end_offset_ - static_cast<std::uint64_t>(end_ - at_); }

private:
    bool fetch();
    bool pass_value();
    bool pass_string();
    bool pass_nested();
    bool pass_scalar();

    Pieces& pieces_;
    std::uint64_t end_offset_;     // of the end of the piece
    const char* at_ = nullptr;     // the next character of the piece
    const char* end_ = nullptr;    // of the piece
    const char* start_ = nullptr;  // where the value that is being kept begins in the piece; null for none
    std::string kept_;             // its part in earlier pieces
};

/// Returns the text of a member of an object in a text. Of members with the same name the last one counts. Returns
/// nothing where there is none, and where the text is no object. The result lives as long as `object`.
std::optional<std::string_view> member_text(std::string_view object, std::string_view name);

/// Returns the string of a JSON text, or nothing for any other value.
std::optional<std::string> string_of(std::string_view text);

/// Returns true where a number in a JSON text has a fraction.
bool has_fraction(std::string_view text);

}  // namespace plocal::base
