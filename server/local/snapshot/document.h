// Fixtures documents as texts and as files, and the problems that are found in them. Knows no resource. Pure but for
// the reading of files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/base/json.h"
#include "server/base/pieces.h"
#include "server/base/problem.h"
#include "server/base/spool.h"

namespace plocal::snapshot {

/// A place in a document: "jobs.json#/batchInferenceJobs/3/status".
struct Location {
    std::string source;   // the file, or another name for the origin of the document; empty for the body of a call
    std::string pointer;  // a JSON pointer

    std::string text() const { return pointer.empty() ? source : source + "#" + pointer; }
    Location below(std::string_view name) const;
    Location below(std::size_t index) const;
};

struct FixtureProblem {
    Location place;
    std::string expected;
    std::string found;

    /// One line: the place, what was expected and what was found.
    std::string text() const;
};

/// Adds problems whose pointers begin at `place`.
void add_problems(std::vector<FixtureProblem>& problems, const Location& place, std::vector<base::Problem> found);

/// A document: a text in memory, a spool, or a file that is opened whenever the document is read. Copies share the
/// text.
class Document {
public:
    /// `source` is shown in problems. The text is read in pieces of `piece_bytes`.
    Document(std::string source, std::string text, std::size_t piece_bytes = std::string::npos)
        : source_(std::move(source)),
          text_(std::make_shared<const std::string>(std::move(text))),
          piece_bytes_(piece_bytes) {}

    /// A spool to which nothing is added any more.
    Document(std::string source, std::shared_ptr<const base::Spool> spool)
        : source_(std::move(source)), spool_(std::move(spool)) {}

    /// A file that must not change as long as the document is read.
    static Document in_file(const std::string& path);

    const std::string& source() const { return source_; }

    /// The size of the text in bytes; 0 for a file that is not there.
    std::uint64_t size() const;

    /// Opens the text at an offset in bytes. The document must outlive the result. Throws std::system_error where a
    /// file cannot be read.
    std::unique_ptr<base::Pieces> open(std::uint64_t offset = 0) const;

private:
    std::string source_;
    std::shared_ptr<const std::string> text_;   // null for a spool or a file
    std::shared_ptr<const base::Spool> spool_;  // null for a text or a file
    std::size_t piece_bytes_ = std::string::npos;
};

/// Replaces the account of a Personalize ARN, or of every one in a value.
void retarget(std::string& text, std::string_view account);
void retarget(base::Json& json, std::string_view account);

}  // namespace plocal::snapshot
