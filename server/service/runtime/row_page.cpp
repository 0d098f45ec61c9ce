#include "server/service/runtime/row_page.h"

namespace plocal::runtime {

InteractionPage::Copy::Copy(const storage::InteractionRow& row)
    : user_id_(row.user_id),
      item_id_(row.item_id),
      event_type_(row.event_type),
      event_id_(row.event_id),
      session_id_(row.session_id),
      cells_(row.cells),
      rest_{.event_value = row.event_value, .time_s = row.time_s, .revision = row.revision, .is_event = row.is_event} {}

storage::InteractionRow InteractionPage::Copy::row() const {
    storage::InteractionRow row = rest_;
    row.user_id = user_id_;
    row.item_id = item_id_;
    row.event_type = event_type_;
    row.event_id = event_id_;
    row.session_id = session_id_;
    row.cells = cells_;
    return row;
}

}  // namespace plocal::runtime
