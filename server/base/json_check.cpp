#include "server/base/json_check.h"

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

#include "server/base/json_place.h"

namespace plocal::base {
namespace {

/// The characters of pieces, one after the other, with the count of those that were read.
class Characters {
public:
    explicit Characters(Pieces& pieces) : pieces_(pieces) {}

    bool has_more() {
        if (at_ < piece_.size()) return true;
        passed_ += piece_.size();
        piece_ = pieces_.next();
        at_ = 0;
        return !piece_.empty();
    }
    char current() const { return piece_[at_]; }
    void advance() { last_ = piece_[at_++]; }
    std::uint64_t read() const { return passed_ + at_; }

    /// Returns the last character that was read.
    char last() const { return last_; }

private:
    Pieces& pieces_;
    std::string_view piece_;
    std::size_t at_ = 0;
    std::uint64_t passed_ = 0;
    char last_ = ' ';
};

/// What the library reads from. The end is an iterator without characters.
class CharacterIterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = char;

    explicit CharacterIterator(Characters* characters = nullptr) : characters_(characters) {}

    char operator*() const { return characters_->current(); }
    CharacterIterator& operator++() {
        characters_->advance();
        return *this;
    }
    bool operator!=(const CharacterIterator&) const { return characters_->has_more(); }

private:
    Characters* characters_;
};

struct Fault {
    std::uint64_t offset;
    std::string why;
};

/// Follows the library's events and builds nothing.
class FaultFinder {
public:
    explicit FaultFinder(const Characters& characters) : characters_(characters) {}

    bool null() { return true; }
    bool boolean(bool) { return true; }
    bool number_integer(std::int64_t) { return true; }
    bool number_unsigned(std::uint64_t) { return true; }
    bool number_float(double, const std::string&) { return true; }
    bool string(std::string&) { return true; }
    bool binary(Json::binary_t&) { return false; }
    bool key(std::string&) { return true; }
    bool start_object(std::size_t) { return start(); }
    bool start_array(std::size_t) { return start(); }
    bool end_object() { return end(); }
    bool end_array() { return end(); }

    bool parse_error(std::size_t read, const std::string&, const Json::exception& error) {
        throw Fault{read == 0 ? 0 : read - 1, reason_in(error.what(), error.id)};
    }

private:
    bool start() {
        if (++depth_ > max_nesting) throw Fault{characters_.read() - 1, nesting_reason(max_nesting)};
        return true;
    }
    bool end() {
        --depth_;
        return true;
    }

    const Characters& characters_;
    std::size_t depth_ = 0;
};

}  // namespace

void check_json(const OpenPieces& open) {
    try {
        const std::unique_ptr<Pieces> pieces = open();
        Characters characters(*pieces);
        FaultFinder finder(characters);
        Json::sax_parse(CharacterIterator(&characters), CharacterIterator(), &finder);
        // The library takes a zero byte for the end of the text.
        if (characters.last() == '\0') throw Fault{characters.read() - 1, std::string(zero_reason)};
    } catch (const Fault& fault) {
        const std::unique_ptr<Pieces> pieces = open();
        throw JsonError(located(*pieces, fault.offset, fault.why));
    }
}

}  // namespace plocal::base
