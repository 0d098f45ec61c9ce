// Which items or actions pass a filter, as sets by their index in a model. What the rows alone decide is made once and
// kept. On the thread that owns the store; calls throw NotMade and SqlError.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "server/model/languages/filter/evaluate.h"
#include "server/service/recommender/item_set.h"
#include "server/service/runtime/filter_data.h"
#include "server/service/runtime/kept.h"
#include "server/service/runtime/row_table.h"

namespace plocal::runtime {

/// What a filter is evaluated over. All must outlive the call.
struct FilterScope {
    const FilterData& data;
    Keyed<RowTable> rows;  // by the index in the model
    std::string item;      // the current item, or ""
};

/// Returns which of the rows pass.
recommender::ItemSet passing_set(Kept& kept, const languages::PreparedFilter& filter, const FilterScope& scope);

/// The same, without keeping anything: for few rows.
recommender::ItemSet passing_set(const languages::PreparedFilter& filter, const FilterData& data, std::size_t size);

/// For made-up items, of which nothing is known: an INCLUDE that applies passes none of them.
bool passes_made_up(const languages::PreparedFilter& filter, const FilterData& data);

}  // namespace plocal::runtime
