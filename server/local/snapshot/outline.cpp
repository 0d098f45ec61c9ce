#include "server/local/snapshot/outline.h"

#include <map>
#include <system_error>
#include <utility>

#include "server/base/json_check.h"
#include "server/local/snapshot/row_lists.h"

namespace plocal::snapshot {
namespace {

using base::JsonScanner;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

[[noreturn]] void fail() {
    throw base::JsonError("the text ends too early");
}

/// Takes a byte-order mark, if the text begins with one.
void take_mark(JsonScanner& scanner) {
    for (const char c : byte_order_mark) {
        if (!scanner.take(c)) return;
    }
}

OutlineMember member_named(std::string name) {
    for (const resources::Kind& kind : resources::kinds()) {
        const bool is_list = name == kind.plural || name == kind.list_member;
        if (is_list || name == kind.name) return {.name = std::move(name), .kind = &kind, .is_list = is_list};
    }
    return {.name = std::move(name)};
}

OutlineMember take_member(JsonScanner& scanner) {
    const auto key = scanner.peek() == '"' ? scanner.take_value() : std::nullopt;
    if (!key) fail();
    OutlineMember member = member_named(base::parse_json(*key).get<std::string>());
    if (!scanner.take(':')) fail();
    scanner.peek();
    member.offset = scanner.offset();
    if (member.kind != nullptr) {
        if (!scanner.skip_value()) fail();
    } else {
        const auto text = scanner.take_value();
        if (!text) fail();
        member.value = base::parse_json(*text, base::max_nesting - 1);
    }
    return member;
}

/// Returns the members of an object whose brace has been taken.
std::vector<OutlineMember> take_members(JsonScanner& scanner) {
    std::vector<OutlineMember> members;
    std::map<std::string, std::size_t, std::less<>> places;  // sorted: many names cannot share one place
    if (scanner.take('}')) return members;
    do {
        OutlineMember member = take_member(scanner);
        const auto [place, is_new] = places.emplace(member.name, members.size());
        if (is_new) {
            members.push_back(std::move(member));
        } else {
            members[place->second] = std::move(member);
        }
    } while (scanner.take(','));
    if (!scanner.take('}')) fail();
    return members;
}

void require_end(JsonScanner& scanner) {
    if (!scanner.has_ended()) fail();
}

}  // namespace

std::optional<Outline> read_outline(const Document& document, std::vector<FixtureProblem>& problems) {
    Outline outline;
    try {
        const std::unique_ptr<base::Pieces> pieces = document.open();
        JsonScanner scanner(*pieces);
        take_mark(scanner);
        outline.begin = scanner.offset();
        take_mark(scanner);  // the parser skips one too
        if (scanner.take('{')) {
            outline.members = take_members(scanner);
            require_end(scanner);
            return outline;
        }
        const std::string text(scanner.take_value().value_or(""));
        require_end(scanner);
        problems.push_back({{document.source(), ""}, "an object", base::excerpt(base::parse_json(text))});
    } catch (const base::JsonError&) {
        problems.push_back(fault_of(document, outline.begin));
    } catch (const std::system_error&) {
        problems.push_back(fault_of(document, outline.begin));
    }
    return std::nullopt;
}

FixtureProblem fault_of(const Document& document, std::uint64_t begin) {
    const Location place{document.source(), ""};
    try {
        base::check_json([&] { return document.open(begin); });
    } catch (const base::JsonError& error) {
        return {place, "JSON", error.what()};
    } catch (const std::system_error& error) {
        return {place, "a file that can be read", "one that cannot: " + error.code().message()};
    }
    return {place, "a file that stays the same while it is read", "one that has changed"};
}

ElementReader::ElementReader(const Document& document, const OutlineMember& member)
    : pieces_(document.open(member.offset)),
      scanner_(*pieces_, member.offset),
      is_list_(member.is_list),
      is_dataset_(member.kind->name == "dataset") {}

std::optional<std::string_view> ElementReader::next() {
    if (is_over_) return std::nullopt;
    if (!index_ && (!is_list_ || scanner_.peek() != '[')) {
        is_over_ = true;
    } else if (!index_) {
        scanner_.take('[');
        index_ = 0;
        is_over_ = scanner_.take(']');
        if (is_over_) return std::nullopt;
    } else if (scanner_.take(',')) {
        ++*index_;
    } else {
        is_over_ = true;
        if (!scanner_.take(']')) fail();
        return std::nullopt;
    }
    if (is_dataset_) {
        auto text = take_without_rows(scanner_);
        if (!text) fail();
        without_rows_ = *std::move(text);
        return without_rows_;
    }
    const auto text = scanner_.take_value();
    if (!text) fail();
    return text;
}

}  // namespace plocal::snapshot
