#include "server/service/s3/xml.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "server/base/text.h"

namespace plocal::s3 {
namespace {

constexpr std::size_t most_depth = 32;
constexpr std::size_t most_text_bytes = 300;
constexpr std::string_view blanks = " \t\r\n";
constexpr std::array<std::pair<std::string_view, char>, 5> named = {
    {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}}};

struct Malformed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

void append_utf8(std::string& text, std::uint32_t point) {
    const auto byte = [&text](std::uint32_t value) { text += static_cast<char>(value); };
    const auto rest = [&byte, point](unsigned shift) { byte(0x80U | ((point >> shift) & 0x3FU)); };
    if (point < 0x80) {
        byte(point);
    } else if (point < 0x800) {
        byte(0xC0U | (point >> 6U));
        rest(0);
    } else if (point < 0x10000) {
        byte(0xE0U | (point >> 12U));
        rest(6);
        rest(0);
    } else {
        byte(0xF0U | (point >> 18U));
        rest(12);
        rest(6);
        rest(0);
    }
}

/// Returns the character that a reference such as "#x20" stands for.
std::optional<std::uint32_t> code_point_of(std::string_view reference) {
    for (const auto& [name, letter] : named) {
        if (reference == name) return static_cast<std::uint32_t>(letter);
    }
    if (!reference.starts_with('#')) return std::nullopt;
    const bool is_hexadecimal = reference.substr(1, 1) == "x";
    const auto point =
        base::parse_number<std::uint32_t>(reference.substr(is_hexadecimal ? 2 : 1), is_hexadecimal ? 16 : 10);
    const bool is_surrogate = point && *point >= 0xD800 && *point <= 0xDFFF;
    return point && *point > 0 && *point <= 0x10FFFF && !is_surrogate ? point : std::nullopt;
}

class XmlReader {
public:
    XmlReader(std::string_view document, const OnElement& on_element) : document_(document), on_element_(on_element) {}

    void run() {
        take("\xEF\xBB\xBF");
        while (at_ < document_.size()) {
            if (document_[at_] == '<') {
                read_markup();
            } else {
                read_text(until("<", false));
            }
        }
        if (!texts_.empty()) fail("no end of <" + one_line(last_name()) + ">");
        if (!has_root_) fail("no element");
    }

private:
    [[noreturn]] void fail(const std::string& what) const {
        throw Malformed(what + " at byte " + std::to_string(std::min(at_, document_.size())));
    }

    bool take(std::string_view text) {
        if (!document_.substr(at_).starts_with(text)) return false;
        at_ += text.size();
        return true;
    }

    /// Takes all before a mark, and the mark. Without the mark it takes the rest, or fails if it must be there.
    std::string_view until(std::string_view mark, bool is_needed = true) {
        const std::size_t end = document_.find(mark, at_);
        if (end == std::string_view::npos && is_needed) fail("no '" + std::string(mark) + "'");
        const std::string_view taken = document_.substr(at_, end - at_);
        at_ = std::min(end, document_.size());
        if (is_needed) at_ += mark.size();
        return taken;
    }

    void read_markup() {
        if (take("<?")) {
            until("?>");
        } else if (take("<!--")) {
            until("-->");
        } else if (take("<![CDATA[")) {
            if (texts_.empty()) fail("text outside of the root");
            texts_.back() += until("]]>");
        } else if (take("<!")) {
            fail("a document type");
        } else if (take("</")) {
            read_end();
        } else {
            ++at_;
            read_start();
        }
    }

    std::string_view read_name() {
        const std::size_t end = std::min(document_.find_first_of(" \t\r\n/>=<\"'", at_), document_.size());
        std::string_view name = document_.substr(at_, end - at_);
        at_ = end;
        name.remove_prefix(name.rfind(':') + 1);  // none is npos
        if (name.empty()) fail("no name");
        return name;
    }

    void skip_blanks() { at_ = std::min(document_.find_first_not_of(blanks, at_), document_.size()); }

    void read_start() {
        if (texts_.empty() && has_root_) fail("a second root");
        if (texts_.size() == most_depth) fail("too many elements in each other");
        has_root_ = true;
        path_.append(path_.empty() ? "" : "/").append(read_name());
        texts_.emplace_back();
        for (skip_blanks(); !take(">"); skip_blanks()) {
            if (take("/>")) {
                end_element();
                return;
            }
            read_name();
            skip_blanks();
            if (!take("=")) fail("no '='");
            skip_blanks();
            if (!take("\"") && !take("'")) fail("no quote");
            until(document_.substr(at_ - 1, 1));
        }
    }

    void read_end() {
        const std::string_view name = read_name();
        if (texts_.empty() || name != last_name()) fail("an unexpected </" + one_line(name) + ">");
        skip_blanks();
        if (!take(">")) fail("no '>'");
        end_element();
    }

    void end_element() {
        on_element_(path_, texts_.back());
        texts_.pop_back();
        path_.resize(texts_.empty() ? 0 : path_.rfind('/'));
    }

    void read_text(std::string_view text) {
        if (texts_.empty()) {
            if (text.find_first_not_of(blanks) != std::string_view::npos) fail("text outside of the root");
            return;
        }
        while (!text.empty()) {
            const std::size_t reference = std::min(text.find('&'), text.size());
            texts_.back() += text.substr(0, reference);
            text.remove_prefix(reference);
            if (text.empty()) return;
            const std::size_t end = text.find(';');
            const auto point = end == std::string_view::npos ? std::nullopt : code_point_of(text.substr(1, end - 1));
            if (!point) fail("an unknown reference");
            append_utf8(texts_.back(), *point);
            text.remove_prefix(end + 1);
        }
    }

    std::string_view last_name() const { return std::string_view(path_).substr(path_.rfind('/') + 1); }

    std::string_view document_;
    const OnElement& on_element_;
    std::size_t at_ = 0;
    std::string path_;                // of the open elements
    std::vector<std::string> texts_;  // of each open element
    bool has_root_ = false;
};

}  // namespace

std::string read_xml(std::string_view document, const OnElement& on_element) {
    try {
        XmlReader(document, on_element).run();
    } catch (const Malformed& error) {
        return error.what();
    }
    return "";
}

std::string one_line(std::string_view text) {
    std::string out;
    for (std::string_view rest = text; !rest.empty() && out.size() < most_text_bytes;) {
        const std::size_t length = base::utf8_character_bytes(rest);
        const bool is_control = length == 1 && (rest.front() < ' ' || rest.front() == '\x7f');
        out += length == 0 ? "?" : is_control ? " " : rest.substr(0, length);
        rest.remove_prefix(length == 0 ? 1 : length);
    }
    return out;
}

std::string xml_escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto* const found = std::ranges::find(named, c, &std::pair<std::string_view, char>::second);
        out += found == named.end() ? std::string(1, c) : "&" + std::string(found->first) + ";";
    }
    return out;
}

}  // namespace plocal::s3
