// How one request of the journal is told, and whether a filter means it. Pure.
#pragma once

#include <string>
#include <string_view>

#include "server/local/telemetry/journal.h"

namespace plocal::telemetry {

/// The operation, "unknown" where the request names none that is known.
std::string_view operation_of(const JournalEntry& entry);

/// Adds one JSON object to a text. Input and output are put in as they are, where they are known to be JSON.
void add_entry(std::string& text, const JournalEntry& entry);

/// Whether the filter means this entry; its limit aside.
bool is_meant(const JournalEntry& entry, const Journal::Filter& filter);

}  // namespace plocal::telemetry
