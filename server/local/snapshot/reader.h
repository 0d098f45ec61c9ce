// Reads the resources of documents one after the other, and checks them against each other. In memory are one resource
// of a document and one batch of fixtures at a time; of all others eight bytes for each ARN, and what FitCheck keeps.
// Stores nothing. Pure but for the reading of files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/local/snapshot/arn_index.h"
#include "server/local/snapshot/fit_check.h"
#include "server/local/snapshot/fixture.h"
#include "server/local/snapshot/outline.h"
#include "server/local/snapshot/problem_list.h"

namespace plocal::snapshot {

/// A document as it is read for one account; "" for the document as it was written.
struct DocumentPart {
    Document document;
    std::shared_ptr<const Outline> outline;
    std::string account;
};

class FixtureReader {
public:
    static constexpr std::size_t most_at_once = 500;

    /// Reads the ARNs of all parts. `problems` are those that were found before. What the context refers to must
    /// outlive the reader.
    FixtureReader(std::vector<DocumentPart> parts, const std::vector<FixtureProblem>& problems,
                  const ReadContext& context);

    /// Reads at most `most` resources and replaces `batch` by the good ones among them, which may be none. Returns
    /// false, with an empty batch, once all resources have been read and checked. A fixture that equals an earlier one
    /// is left out, as are those of accounts that are not wanted.
    bool next(std::vector<Fixture>& batch, std::size_t most = most_at_once);

    /// The problems so far. As soon as there is one, no fixture should be kept; those that follow are read for their
    /// problems alone. A copy for an account has the same problems as the document as it was written, so reading stops
    /// before the next account.
    const ProblemList& problems() const { return problems_; }

    /// The rows that members "data" of documents bring, once all resources have been read.
    std::vector<RowsInput>& data() { return data_; }

    /// The ARNs of all fixtures, also of those that are still to be read.
    const ArnIndex& arns() const { return arns_; }

private:
    /// The first of several fixtures with one ARN.
    struct First {
        std::uint64_t content = 0;  // its hash
        FixtureKey key;
    };

    void index_arns(const DocumentPart& part);
    bool read_next(std::vector<Fixture>& batch);
    void open_member();
    void read_text(std::string_view text, std::vector<Fixture>& batch);
    void keep(Fixture fixture, FixtureKey key, std::vector<Fixture>& batch);
    void read_other(const OutlineMember& member);
    void give_up_part();
    void end_part();
    Location place_of(FixtureKey key) const;

    std::vector<DocumentPart> parts_;
    ReadContext context_;
    ProblemList problems_;
    ArnIndex arns_;
    FitCheck fit_;
    std::vector<RowsInput> data_;
    std::unordered_map<std::string, First> firsts_;  // of ARNs that are repeated
    std::uint32_t part_ = 0;                         // that is being read
    std::uint32_t member_ = 0;                       // of the part
    std::optional<ElementReader> elements_;          // of the member; nothing before it is opened
    std::size_t problems_before_part_ = 0;
    bool is_over_ = false;
};

}  // namespace plocal::snapshot
