#include "server/local/snapshot/document.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "server/service/resources/arn.h"

namespace plocal::snapshot {

using base::Json;

Location Location::below(std::string_view name) const {
    return {source, (Json::json_pointer(pointer) / std::string(name)).to_string()};
}

Location Location::below(std::size_t index) const {
    return {source, pointer + "/" + std::to_string(index)};
}

std::string FixtureProblem::text() const {
    return place.text() + ": " + base::mismatch(expected, found);
}

void add_problems(std::vector<FixtureProblem>& problems, const Location& place, std::vector<base::Problem> found) {
    for (base::Problem& problem : found) {
        problems.push_back(
            {{place.source, place.pointer + problem.pointer}, std::move(problem.expected), std::move(problem.found)});
    }
}

Document Document::in_file(const std::string& path) {
    Document document(path, "");
    document.text_ = nullptr;
    return document;
}

std::uint64_t Document::size() const {
    if (text_ != nullptr) return text_->size();
    if (spool_ != nullptr) return spool_->size_bytes();
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(source_, error);
    return error ? 0 : size;
}

std::unique_ptr<base::Pieces> Document::open(std::uint64_t offset) const {
    if (spool_ != nullptr) return spool_->open(offset);
    if (text_ == nullptr) return std::make_unique<base::FilePieces>(source_, offset);
    const std::string_view text = *text_;
    return std::make_unique<base::TextPieces>(text.substr(std::min<std::uint64_t>(offset, text.size())), piece_bytes_);
}

void retarget(std::string& text, std::string_view account) {
    const std::optional<resources::Arn> arn = resources::parse_arn(text);
    if (!arn || arn->account.empty()) return;
    text.replace(static_cast<std::size_t>(arn->account.data() - text.data()), arn->account.size(), account);
}

void retarget(Json& json, std::string_view account) {
    if (auto* const text = json.get_ptr<std::string*>()) {
        retarget(*text, account);
    } else if (json.is_structured()) {
        for (Json& value : json) retarget(value, account);
    }
}

}  // namespace plocal::snapshot
