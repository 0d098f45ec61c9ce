// Reads the resources of documents one after the other, and checks them against each other. In memory is one batch of
// fixtures at a time, which several threads may read; of all others eight bytes for each ARN, and what FitCheck keeps.
// Stores nothing. Pure but for the reading of files. For one thread at a time.
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
#include "server/local/snapshot/resource_reader.h"

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

    /// A resource of the member that is open.
    struct Element {
        std::string text;
        FixtureKey key;
        bool is_json = false;
        std::optional<Fixture> fixture = {};
        std::vector<FixtureProblem> problems = {};
    };

    void index_arns(const DocumentPart& part);
    std::size_t read_some(std::size_t most, std::vector<Fixture>& batch);
    bool open_member();
    std::vector<Element> take_elements(std::size_t most);
    void read(std::vector<Element>& elements);
    void read(Element& element, const NowOf& now_of) const;
    void take(Element element, std::vector<Fixture>& batch);
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
    bool are_broken_ = false;                        // the elements cannot be read to their end
    std::size_t problems_before_part_ = 0;
    bool is_over_ = false;
};

}  // namespace plocal::snapshot
