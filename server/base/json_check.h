// Checks long JSON texts without keeping them. Pure but for the reading of pieces.
#pragma once

#include <functional>
#include <memory>

#include "server/base/json.h"
#include "server/base/pieces.h"

namespace plocal::base {

/// Opens a text from its beginning.
using OpenPieces = std::function<std::unique_ptr<Pieces>()>;

/// Throws the JsonError that `parse_json` throws for the same text, or does nothing. Opens the text again to find the
/// place of a fault. Memory does not grow with the text, unless a string in it is long.
void check_json(const OpenPieces& open);

}  // namespace plocal::base
