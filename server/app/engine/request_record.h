// What is told of an exchange once it is over: to the journal, the metrics and the log. On the thread that owns the
// world.
#pragma once

#include "server/app/engine/request_context.h"
#include "server/base/log.h"
#include "server/local/telemetry/journal.h"
#include "server/local/telemetry/metrics.h"
#include "server/wire/protocol/message.h"

namespace plocal::engine {

void record(const RequestContext& context, const protocol::Response& response, telemetry::Journal& journal,
            telemetry::Metrics& metrics);

void log(const RequestContext& context, const protocol::Response& response, base::Log& log);

}  // namespace plocal::engine
