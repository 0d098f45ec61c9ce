// Reports what became of the records that a request sends to Personalize Events: to the event log, and to the client
// where not all of them are stored as they are. On the thread that owns the world.
#pragma once

#include "server/app/engine/request_context.h"
#include "server/local/telemetry/event_log.h"
#include "server/wire/protocol/message.h"

namespace plocal::engine {

/// Adds each record of a request to Personalize Events to the log, also of a request that was refused. Does nothing for
/// other requests.
void record_events(const RequestContext& context, telemetry::EventLog& log);

/// Says in `why_header` of a success what was ignored, if anything was.
void explain_ignored(const RequestContext& context, protocol::Response& response);

}  // namespace plocal::engine
