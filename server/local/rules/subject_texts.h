// The texts of one request, each looked up once, however many rules ask for it: its account, its region, and any member
// of its input. For one thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/local/rules/member_path.h"
#include "server/local/rules/rule.h"
#include "server/local/rules/wildcard.h"

namespace plocal::rules {

/// What is looked at to tell two texts apart at once: a hash, the first eight bytes, the last eight.
enum class Mark : std::uint8_t { hash, head, tail };
using Marks = std::array<std::uint64_t, 3>;
Marks marks_of(std::string_view text);

/// What every text that a wildcard matches has: these bits of this mark. Most others have not.
struct Sign {
    Mark mark = Mark::hash;
    std::uint64_t mask = 0;
    std::uint64_t bits = 0;

    bool is_on(const Marks& marks) const { return (marks[static_cast<std::size_t>(mark)] & mask) == bits; }
};
Sign sign_of(const Wildcard& wildcard);

class SubjectTexts {
public:
    static constexpr std::size_t account_slot = 0;
    static constexpr std::size_t region_slot = 1;
    static constexpr std::size_t first_member_slot = 2;

    /// Where a member's text is found from now on; the same for the same path.
    std::size_t slot_of(const MemberPath& path);

    /// Forgets the last request and turns to this one, which must live until the last look at it.
    void begin(const Subject& subject);

    struct Text {
        bool is_there = false;  // false for what is absent, null, a list or an object: none has a text
        std::string_view text;  // of a string itself, of a number or a boolean as JSON writes it
        Marks marks{};
    };

    /// Good until the next begin or slot_of.
    const Text& at(std::size_t slot) {
        if (slots_[slot].looked != request_) look(slot);
        return slots_[slot].text;
    }

private:
    struct Slot {
        std::uint64_t looked = 0;  // the request of which it holds the text
        Text text;
        std::string written;  // what `text` views where JSON has to be written
    };

    void look(std::size_t slot);

    const Subject* subject_ = nullptr;
    std::uint64_t request_ = 0;      // counts them
    std::vector<MemberPath> paths_;  // of the slots behind the first two
    std::vector<Slot> slots_{first_member_slot};
};

}  // namespace plocal::rules
