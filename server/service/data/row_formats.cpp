#include "server/service/data/row_formats.h"

#include "server/service/data/csv_rows.h"
#include "server/service/data/json_rows.h"

namespace plocal::data {

std::unique_ptr<RowSource> read_rows(RowFormat format, base::Pieces& pieces, const Columns& columns) {
    switch (format) {
        case RowFormat::csv:
            return std::make_unique<CsvRows>(pieces, columns);
        case RowFormat::json_lines:
            return std::make_unique<JsonLineRows>(pieces, columns);
        case RowFormat::json:
            return std::make_unique<JsonRows>(pieces, columns);
    }
    return nullptr;
}

}  // namespace plocal::data
