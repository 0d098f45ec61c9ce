// The top level of a fixtures document: where the values of its kinds of resources are, and the values of all other
// members, which are its settings. Reading it costs one scan of the text, and memory for the settings alone. Pure but
// for the reading of files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/base/json_scanner.h"
#include "server/local/snapshot/document.h"
#include "server/service/resources/kinds.h"

namespace plocal::snapshot {

struct OutlineMember {
    std::string name;
    const resources::Kind* kind = nullptr;  // null for a member that is not of a kind
    bool is_list = false;                   // by its name
    std::uint64_t offset = 0;               // of the value of a kind, in bytes
    base::Json value;                       // of any other member
};

struct Outline {
    std::uint64_t begin = 0;  // of the text, behind a byte-order mark
    std::vector<OutlineMember> members;
};

/// Returns the outline. Of members with the same name the last one counts, in the place of the first one. Returns
/// nothing, and adds a problem, where the text is not a JSON object or cannot be read. What is inside the values of
/// kinds is not checked.
std::optional<Outline> read_outline(const Document& document, std::vector<FixtureProblem>& problems);

/// Returns what is wrong with a document that could not be read to its end: why it is no JSON, or why the file cannot
/// be read.
FixtureProblem fault_of(const Document& document, std::uint64_t begin);

/// The texts of the resources of one member, in order. Throws std::system_error where a file cannot be read.
class ElementReader {
public:
    /// The document must outlive the reader.
    ElementReader(const Document& document, const OutlineMember& member);

    /// Returns the next text, that of a dataset without its rows, which lives until the next call, or nothing behind
    /// the last one. Where the name of the member says that it is a list and it is none, the only text is the member's
    /// value. Throws JsonError where the text ends too early.
    std::optional<std::string_view> next();

    /// The index of the last text in the list. Nothing where the member is not a list.
    std::optional<std::size_t> index() const { return index_; }

private:
    std::unique_ptr<base::Pieces> pieces_;
    base::JsonScanner scanner_;
    bool is_list_;
    bool is_dataset_;
    std::string without_rows_;  // the last text of a dataset
    bool is_over_ = false;
    std::optional<std::size_t> index_;
};

}  // namespace plocal::snapshot
