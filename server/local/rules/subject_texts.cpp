#include "server/local/rules/subject_texts.h"

#include <algorithm>

namespace plocal::rules {
namespace {

using base::Json;

/// Writes the value into `written` where it has a text but is not a string.
std::optional<std::string_view> text_of(const Json* value, std::string& written) {
    if (value == nullptr) return std::nullopt;
    if (const auto* const string = value->get_ptr<const std::string*>()) return *string;
    if (!value->is_number() && !value->is_boolean()) return std::nullopt;
    written = value->dump();
    return written;
}

}  // namespace

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

void SubjectTexts::look_up(std::size_t at) {
    Slot& slot = slots_[at];
    slot.request = request_;
    if (at == account_slot) {
        slot.text = subject_->account;
    } else if (at == region_slot) {
        slot.text = subject_->region;
    } else {
        slot.text = text_of(paths_[at - first_member_slot].find(subject_->input), slot.written);
    }
}

}  // namespace plocal::rules
