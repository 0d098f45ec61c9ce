#include "server/local/snapshot/row_loads.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <system_error>
#include <utility>

#include "server/base/json_scanner.h"
#include "server/local/snapshot/document.h"
#include "server/service/data/dataset.h"
#include "server/service/data/json_rows.h"
#include "server/service/data/row_formats.h"

namespace plocal::snapshot {
namespace {

using data::RowFormat;
using storage::Record;

constexpr std::string_view no_account = "000000000000";

/// A row of JSON begins with a brace, a header of CSV with a name or a quote.
RowFormat format_of(base::Pieces& pieces) {
    base::JsonScanner scanner(pieces);
    return scanner.peek() == '{' ? RowFormat::json_lines : RowFormat::csv;
}

/// What has no revision comes last.
std::int64_t revision_of(const RowsInput& input) {
    return input.batch ? input.batch->revision : std::numeric_limits<std::int64_t>::max();
}

/// Adds a problem but where it is that of a copy for another account, which has the same place.
void add_once(FixtureProblem problem, std::vector<FixtureProblem>& problems) {
    const auto is_same = [&problem](const FixtureProblem& each) {
        return each.expected == problem.expected && each.place.text() == problem.place.text();
    };
    if (std::ranges::none_of(problems, is_same)) problems.push_back(std::move(problem));
}

/// "expected X, found Y" as both of its parts; any other text as a whole.
FixtureProblem problem_of(const RowsInput& input, const data::RowProblem& problem) {
    FixtureProblem of{.place = input.place};
    const std::string row = std::to_string(problem.row);
    if (input.file.empty()) {
        if (problem.row > 0) of.place = of.place.below(problem.row - 1);
        if (!problem.column.empty()) of.place = of.place.below(problem.column);
    } else {
        of.place = {
            input.file + (problem.row > 0 ? ":" + row : "") + (problem.column.empty() ? "" : ":" + problem.column), ""};
    }
    constexpr std::string_view expected = "expected ";
    constexpr std::string_view found = ", found ";
    const std::size_t middle = problem.text.find(found);
    if (problem.text.starts_with(expected) && middle != std::string::npos) {
        of.expected = problem.text.substr(expected.size(), middle - expected.size());
        of.found = problem.text.substr(middle + found.size());
    } else {
        of.expected = "rows that fit the schema of the dataset";
        of.found = "others: " + problem.text;
    }
    return of;
}

}  // namespace

void RowLoads::note(const Fixture& fixture) {
    const Record& record = fixture.record;
    if (record.kind == "schema") schemas_.insert_or_assign(record.arn, record);
    if (fixture.revision > 0) revisions_.insert_or_assign(record.arn, fixture.revision);
    if (record.kind == "dataset") datasets_.insert_or_assign(record.arn, Noted{record, fixture.now, fixture.rows});
}

void RowLoads::add(std::vector<RowsInput> inputs) {
    for (RowsInput& input : inputs) {
        const auto found = datasets_.find(input.dataset);
        if (found == datasets_.end()) {
            add_once({input.place, "the rows of a dataset that the documents have", input.dataset}, problems_);
        } else {
            found->second.inputs.push_back(std::move(input));
        }
    }
}

std::vector<RowLoad> RowLoads::take(const Find& find, std::vector<FixtureProblem>& problems) {
    std::move(problems_.begin(), problems_.end(), std::back_inserter(problems));
    std::vector<RowLoad> loads;
    for (auto& [arn, dataset] : datasets_) {
        if (dataset.inputs.empty()) continue;
        std::ranges::stable_sort(dataset.inputs, {}, revision_of);
        auto columns = columns_of(dataset, find);
        if (!columns) {
            add_once({dataset.inputs.front().place, "rows of a dataset whose schema is known",
                      "those of one whose schema is not: " + arn},
                     problems);
            continue;
        }
        std::string key = arn;
        retarget(key, no_account);
        for (const RowsInput& input : dataset.inputs) key += '\n' + input.place.text();
        loads.push_back({data::owner_of(dataset.record), *std::move(columns), std::move(dataset.inputs), key});
    }
    return loads;
}

std::optional<data::Columns> RowLoads::columns_of(const Noted& dataset, const Find& find) const {
    const auto arn = data::schema_arn_of(dataset.record, dataset.now);
    if (!arn) return std::nullopt;
    const auto noted = schemas_.find(*arn);
    if (noted != schemas_.end()) return data::columns_of(noted->second);
    const auto found = find(*arn);
    return found ? data::columns_of(*found) : std::nullopt;
}

OpenRows open_rows(const RowsInput& input, const data::Columns& columns) {
    if (input.document) {
        OpenRows rows{.pieces = input.document->open(input.offset), .source = nullptr, .restored = nullptr};
        if (input.batch) {
            rows.restored = std::make_unique<data::RestoredRows>(*rows.pieces, columns);
        } else {
            rows.source = std::make_unique<data::JsonRows>(*rows.pieces, columns, data::JsonRows::Whole::array);
        }
        return rows;
    }
    if (input.file.empty()) return {nullptr, std::make_unique<data::ListedRows>(input.rows, columns), nullptr};
    base::FilePieces beginning(input.file);
    const RowFormat format = format_of(beginning);
    OpenRows rows{std::make_unique<base::FilePieces>(input.file), nullptr, nullptr};
    rows.source = data::read_rows(format, *rows.pieces, columns);
    return rows;
}

bool read_row(const RowsInput& input, const OpenRows& rows, data::Event& row, std::vector<FixtureProblem>& problems) {
    try {
        if (rows.restored != nullptr) return rows.restored->next(row);
        row = {.row = std::move(row.row)};
        return rows.source->next(row.row);
    } catch (const data::BadRow& error) {
        problems.push_back(problem_of(input, error.problem()));
    } catch (const std::system_error& error) {
        problems.push_back(unreadable(input, error.code().message()));
        return false;
    }
    row.row.clear();
    return true;
}

FixtureProblem unreadable(const RowsInput& input, const std::string& reason) {
    return {input.place, "a file that can be read", input.file + ", which cannot: " + reason};
}

}  // namespace plocal::snapshot
