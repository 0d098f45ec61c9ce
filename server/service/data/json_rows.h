// Reads typed rows from JSON: the members of one object, objects line by line, or an array of them. Pure, but for what
// the pieces do.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/json.h"
#include "server/base/json_scanner.h"
#include "server/base/pieces.h"
#include "server/service/data/columns.h"
#include "server/service/data/row_source.h"

namespace plocal::data {

/// Reads a row from the members of an object, by the names of columns without regard to case and underscores. Others
/// are ignored. Throws BadRow with this number.
void read_members(const Columns& columns, const base::Json& object, std::size_t number, Row& row);

/// The same for a row that was stored, which may lack columns that a later schema requires.
void read_stored_members(const Columns& columns, const base::Json& object, std::size_t number, Row& row);

/// Returns the names in an object that are no columns.
std::vector<std::string> unknown_members(const Columns& columns, const base::Json& object);

/// One object a line. Empty lines are passed over.
class JsonLineRows : public RowSource {
public:
    /// Both must outlive the source.
    JsonLineRows(base::Pieces& pieces, const Columns& columns) : pieces_(pieces), columns_(columns) {}

    bool next(Row& row) override;

private:
    bool read_line();

    base::Pieces& pieces_;
    const Columns& columns_;
    std::string_view piece_;  // the rest of it
    std::string line_;
    std::size_t number_ = 0;
    bool is_over_ = false;
};

/// An array of objects, by itself or as the member "rows" of an object.
class JsonRows : public RowSource {
public:
    enum class Whole { object, array };

    /// Both must outlive the source.
    JsonRows(base::Pieces& pieces, const Columns& columns, Whole whole = Whole::object)
        : scanner_(pieces), columns_(columns), whole_(whole) {}

    bool next(Row& row) override;

protected:
    /// Reads the next value of the array. Returns false, and throws, as `next` does.
    bool next_value(base::Json& value);

    const Columns& columns() const { return columns_; }
    std::size_t number() const { return number_; }

private:
    bool enter();
    bool pass_members();
    void leave();

    base::JsonScanner scanner_;
    const Columns& columns_;
    Whole whole_;
    std::size_t number_ = 0;
    bool is_over_ = false;
};

/// A list of objects in memory.
class ListedRows : public RowSource {
public:
    /// Both must outlive the source.
    ListedRows(const base::Json& list, const Columns& columns) : list_(list), columns_(columns) {}

    bool next(Row& row) override;

private:
    const base::Json& list_;
    const Columns& columns_;
    std::size_t number_ = 0;
};

}  // namespace plocal::data
