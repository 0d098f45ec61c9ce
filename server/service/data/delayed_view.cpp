#include "server/service/data/delayed_view.h"

#include <chrono>

namespace plocal::data {

storage::RowView seen_at(base::Instant now, const lifecycle::DataDelays& delays, const storage::RowSetOwner& dataset,
                         storage::RowView view) {
    const bool has_events = dataset.kind.ends_with("INTERACTIONS");
    const auto delay = (has_events ? delays.events : delays.rows).value_or(std::chrono::milliseconds(0));
    if (delay.count() > 0) view.last_put_ms = (now - delay).time_since_epoch().count();
    return view;
}

}  // namespace plocal::data
