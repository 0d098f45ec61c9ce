// The walk of one request, from its bytes' meaning to its answer. One thread owns it, and with it the world: store,
// clock and ids. It waits for nothing but the store.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "server/app/engine/request_context.h"
#include "server/base/log.h"
#include "server/local/control/control.h"
#include "server/local/world/world.h"
#include "server/service/lifecycle/clock.h"
#include "server/service/resources/context.h"
#include "server/wire/protocol/answer.h"
#include "server/wire/protocol/cors.h"
#include "server/wire/protocol/identity.h"
#include "server/wire/protocol/message.h"
#include "server/wire/signing/credentials.h"
#include "storage/store.h"

namespace plocal::engine {

class Engine {
public:
    /// Store and log must outlive the engine. With `credentials`, each request to a service must be signed by one of
    /// them. Throws control::BadDocuments and SqlError.
    Engine(world::WorldConfig config, storage::Store& store, base::Log& log, control::Access access = {},
           std::optional<signing::Credentials> credentials = {});

    /// Answers every request, but for one that is to wait; throws nothing. What is our own fault is logged and answered
    /// with a bare 500. Of a request that has been waiting, `wait` is what for.
    control::Reply answer(const protocol::Request& request, const control::Wait* wait = nullptr);

    /// Keeps what only a running clock tells, so that a restart goes on from this very moment. Throws SqlError.
    void stop() { world_.stop(); }

    /// What has been changed since this was last asked: those who wait for it may have their answer now.
    world::Changed take_changed() { return world_.take_changed(); }

    /// HTTPS is served too, as `/_local/health` shall tell. Before the first request.
    void set_https(control::Https https) { control_.set_https(std::move(https)); }

    /// The common clock.
    lifecycle::Clock& clock() { return world_.clocks().of(""); }

private:
    protocol::Response answer_service(RequestContext& context);
    protocol::Response read_and_run(RequestContext& context);
    void check_signature(const RequestContext& context, int refused_with) const;
    protocol::Response failure(RequestContext& context, const char* what);
    std::string run(RequestContext& context);
    [[noreturn]] static void throw_ruled(RequestContext& context);
    std::string run_handler(RequestContext& context, const rules::Effects& effects);
    void log_notes();
    const std::string& date_of(base::Instant now);

    world::World world_;
    base::Log& log_;
    protocol::Origins origins_;
    control::Control control_;
    std::optional<signing::Credentials> credentials_;
    protocol::RequestIds request_ids_;
    base::Instant dated_{};  // the second that date_ tells
    std::string date_;
};

/// The program's version, "1.0.0".
std::string version();

}  // namespace plocal::engine
