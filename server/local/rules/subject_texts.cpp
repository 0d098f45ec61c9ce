#include "server/local/rules/subject_texts.h"

#include <algorithm>
#include <functional>

namespace plocal::rules {
namespace {

using base::Json;

constexpr std::size_t mark_bytes = 8;
constexpr unsigned byte_bits = 8;

/// The first eight bytes, the very first on top; zeros behind a shorter text.
std::uint64_t head_of(std::string_view text) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < mark_bytes; ++i) {
        bits = (bits << byte_bits) | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
    }
    return bits;
}

/// The last eight bytes, the very last at the bottom; zeros before a shorter text.
std::uint64_t tail_of(std::string_view text) {
    if (text.size() > mark_bytes) text.remove_prefix(text.size() - mark_bytes);
    std::uint64_t bits = 0;
    for (const char c : text) bits = (bits << byte_bits) | static_cast<unsigned char>(c);
    return bits;
}

/// As many bits from the bottom as a text of this size fills.
std::uint64_t low_mask(std::size_t size) {
    if (size >= mark_bytes) return ~std::uint64_t{0};
    return (std::uint64_t{1} << (size * byte_bits)) - 1;
}

/// The text of a value that has one, written into `written` where that is needed.
bool read_text(const Json* value, std::string& written, std::string_view& text) {
    if (value == nullptr) return false;
    if (const auto* const string = value->get_ptr<const std::string*>()) {
        text = *string;
        return true;
    }
    if (!value->is_number() && !value->is_boolean()) return false;
    written = value->dump();
    text = written;
    return true;
}

}  // namespace

Marks marks_of(std::string_view text) {
    return {std::hash<std::string_view>()(text), head_of(text), tail_of(text)};
}

Sign sign_of(const Wildcard& wildcard) {
    if (const std::string* const exact = wildcard.exact()) {
        return {Mark::hash, ~std::uint64_t{0}, marks_of(*exact)[static_cast<std::size_t>(Mark::hash)]};
    }
    const std::string_view suffix = wildcard.suffix();
    if (!suffix.empty()) return {Mark::tail, low_mask(suffix.size()), tail_of(suffix)};
    const std::string_view prefix = wildcard.prefix();
    const std::uint64_t rest = prefix.size() < mark_bytes ? low_mask(mark_bytes - prefix.size()) : 0;
    return {Mark::head, ~rest, head_of(prefix)};
}

std::size_t SubjectTexts::slot_of(const MemberPath& path) {
    const auto at = static_cast<std::size_t>(std::ranges::find(paths_, path) - paths_.begin());
    if (at == paths_.size()) {
        paths_.push_back(path);
        slots_.emplace_back();
    }
    return first_member_slot + at;
}

void SubjectTexts::begin(const Subject& subject) {
    subject_ = &subject;
    ++request_;
}

void SubjectTexts::look(std::size_t at) {
    Slot& slot = slots_[at];
    slot.looked = request_;
    slot.text = {.is_there = true};
    if (at == account_slot) {
        slot.text.text = subject_->account;
    } else if (at == region_slot) {
        slot.text.text = subject_->region;
    } else {
        const MemberPath& path = paths_[at - first_member_slot];
        slot.text.is_there = read_text(path.find(subject_->input), slot.written, slot.text.text);
    }
    slot.text.marks = marks_of(slot.text.text);
}

}  // namespace plocal::rules
