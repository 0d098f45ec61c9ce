#include "server/local/snapshot/row_lists.h"

#include <string_view>
#include <utility>

namespace plocal::snapshot {
namespace {

using base::JsonScanner;

constexpr const char* offset_member = "offset";

/// Where lists of rows may be.
enum class Part { dataset, local, batches, batch, rows, other };

Part part_below(Part part, std::string_view member) {
    if (part == Part::dataset && member == "_local") return Part::local;
    if (part == Part::local && member == batches_member) return Part::batches;
    if ((part == Part::local || part == Part::batch) && member == rows_member) return Part::rows;
    return Part::other;
}

bool copy(JsonScanner& scanner, Part part, std::string& out);

bool copy_member(JsonScanner& scanner, Part part, std::string& out) {
    const auto key = scanner.peek() == '"' ? scanner.take_value() : std::nullopt;
    if (!key) return false;
    out += *key;
    const std::string name = base::string_of(*key).value_or("");
    if (!scanner.take(':')) return false;
    out += ':';
    return copy(scanner, part_below(part, name), out);
}

/// Copies the members of an object, or the elements of a list, whose bracket has been taken.
template <typename CopyOne>
bool copy_all(JsonScanner& scanner, char end, std::string& out, CopyOne copy_one) {
    for (bool is_first = true; !scanner.take(end); is_first = false) {
        if (!is_first && !scanner.take(',')) return false;
        if (!is_first) out += ',';
        if (!copy_one()) return false;
    }
    out += end;
    return true;
}

bool copy_list(JsonScanner& scanner, std::string& out) {
    const std::string offset = std::to_string(scanner.offset());
    out.append("[{\"").append(offset_member).append("\":").append(offset).append("}]");
    return scanner.skip_value();
}

bool copy(JsonScanner& scanner, Part part, std::string& out) {
    const char first = scanner.peek();
    if (part == Part::rows && first == '[') return copy_list(scanner, out);
    if (part == Part::batches && scanner.take('[')) {
        out += '[';
        return copy_all(scanner, ']', out, [&] { return copy(scanner, Part::batch, out); });
    }
    const bool may_have_rows = part == Part::dataset || part == Part::local || part == Part::batch;
    if (may_have_rows && scanner.take('{')) {
        out += '{';
        return copy_all(scanner, '}', out, [&] { return copy_member(scanner, part, out); });
    }
    const auto text = scanner.take_value();
    if (text) out += *text;
    return text.has_value();
}

}  // namespace

std::optional<std::string> take_without_rows(JsonScanner& scanner) {
    std::string text;
    return copy(scanner, Part::dataset, text) ? std::optional(std::move(text)) : std::nullopt;
}

std::optional<std::uint64_t> offset_in(const base::Json& value) {
    const bool is_one = value.is_array() && value.size() == 1 && value[0].is_object() && value[0].size() == 1;
    if (!is_one || !value[0].contains(offset_member)) return std::nullopt;
    return value[0][offset_member].get<std::uint64_t>();
}

void leave_out_rows(base::Json& resource) {
    const auto local = resource.is_object() ? resource.find("_local") : resource.end();
    if (!resource.is_object() || local == resource.end() || !local->is_object()) return;
    for (const char* const member : {"file", rows_member, batches_member, revision_member}) local->erase(member);
}

}  // namespace plocal::snapshot
