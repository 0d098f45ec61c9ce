// Rows of a batch as snapshots have them: a JSON array of objects, in which an event may have more than the columns of
// its schema, as `"_local": {"eventType": ..., "eventId": ..., "sessionId": ...}`. Pure, but for what the pieces do.
#pragma once

#include <string>
#include <string_view>

#include "server/base/pieces.h"
#include "server/service/data/json_rows.h"
#include "server/service/data/row_batches.h"
#include "storage/interaction_repository.h"

namespace plocal::data {

class RestoredRows : public JsonRows {
public:
    /// Both must outlive the source.
    RestoredRows(base::Pieces& pieces, const Columns& columns) : JsonRows(pieces, columns, Whole::array) {}

    /// As RowSource says. Columns that a later schema requires may be absent.
    bool next(Row& row) override;

    /// The same with what only events have.
    bool next(Event& event);
};

/// Appends an object that RestoredRows reads back. For items, users and actions, and for interactions.
void append_restorable(const Columns& columns, std::string_view id, std::string_view cells, std::string& out);
void append_restorable(const Columns& columns, const storage::InteractionRow& interaction, std::string& out);

}  // namespace plocal::data
