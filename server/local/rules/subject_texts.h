// The texts of one request that conditions of rules compare: its account, its region, and members of its input. Each
// text is looked up once a request, however many rules need it. For one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/local/rules/member_path.h"
#include "server/local/rules/rule.h"

namespace plocal::rules {

class SubjectTexts {
public:
    static constexpr std::size_t account_slot = 0;
    static constexpr std::size_t region_slot = 1;
    static constexpr std::size_t first_member_slot = 2;

    /// Returns the slot of a member's text from now on. It is the same for the same path.
    std::size_t slot_of(const MemberPath& path);

    /// Turns to another request, which must outlive the last call of `at`.
    void begin(const Subject& subject);

    /// Returns the text of a slot: a string itself, a number and a boolean as JSON writes them. Returns nothing for
    /// what is absent, null, a list or an object. Valid until the next call of `begin` or `slot_of`.
    const std::optional<std::string_view>& at(std::size_t slot) {
        if (slots_[slot].request != request_) look_up(slot);
        return slots_[slot].text;
    }

private:
    struct Slot {
        std::uint64_t request = 0;  // the request whose text the slot holds
        std::optional<std::string_view> text;
        std::string written;  // what `text` views where JSON has to be written
    };

    void look_up(std::size_t slot);

    const Subject* subject_ = nullptr;
    std::uint64_t request_ = 0;      // the number of the present request
    std::vector<MemberPath> paths_;  // of the slots behind the first two
    std::vector<Slot> slots_{first_member_slot};
};

}  // namespace plocal::rules
