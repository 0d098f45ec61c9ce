// Why an item or action is in an answer or not. Plain values.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/model/languages/filter/explain.h"
#include "server/service/runtime/history.h"
#include "server/service/runtime/pool.h"
#include "server/service/runtime/target.h"

namespace plocal::runtime {

/// What keeps an item or action out of an answer.
struct OutBy {
    std::string what;  // "filter", "recipe", "numResults" or "unknown"
    std::optional<std::string> filter_arn = {};
    std::optional<std::string> expression = {};  // the part of the filter that decided
    std::string because;
};

struct Explained {
    std::string id;
    std::optional<double> score = {};
    std::optional<std::size_t> rank = {};   // before any filter, from 1
    std::optional<std::size_t> place = {};  // in the answer, from 1
    std::optional<std::string> promotion = {};
    std::optional<OutBy> out_by = {};
};

/// Returns the OutBy of a filter's verdict.
OutBy out_by_filter(std::string_view arn, const languages::FilterVerdict& verdict);

/// Returns the OutBy of an id that is in no model.
OutBy out_by_unknown(const Pool& pool);

/// Returns the notes that all answers share: made-up or too early rows, and ids that are not used or not known.
std::vector<std::string> notes_on(const Request& request, const Target& target, const Pool& pool,
                                  bool has_later_events);

}  // namespace plocal::runtime
