// How one request is answered: the walk from recognising it to its response, as one list. One thread at a time owns the
// engine and with it the world: store, clocks and ids. The engine waits only for the store.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "server/app/engine/backlog.h"
#include "server/app/engine/date_text.h"
#include "server/app/engine/makers.h"
#include "server/app/engine/news.h"
#include "server/app/engine/object_work.h"
#include "server/app/engine/reading.h"
#include "server/app/engine/request_context.h"
#include "server/app/engine/training.h"
#include "server/app/engine/work.h"
#include "server/base/log.h"
#include "server/local/control/control.h"
#include "server/local/world/world.h"
#include "server/service/events/registry.h"
#include "server/service/lifecycle/clock.h"
#include "server/service/runtime/runtime.h"
#include "server/service/s3/object_store.h"
#include "server/wire/protocol/identity.h"
#include "server/wire/protocol/message.h"
#include "server/wire/signing/credentials.h"
#include "storage/store.h"

namespace plocal::engine {

class Engine {
public:
    /// Store and log must outlive the engine. With `credentials`, each request to a service must be signed by one of
    /// them. Throws BadDocuments and SqlError.
    Engine(world::WorldConfig config, storage::Store& store, base::Log& log, control::Access access = {},
           std::optional<signing::Credentials> credentials = {});

    /// Returns the response to a request, or Waiting for one that waits for a change: a control call, a Create whose
    /// resource lacks nothing but its work, or any request while work is due that it depends on. The request must live
    /// until it has its response. A fault of the program is logged and answered with a bare 500. `reading` is what
    /// `read` has returned for the request, or null, and loses its content. Throws nothing.
    control::Reply answer(const protocol::Request& request, Reading* reading = nullptr);

    /// Checks a waiting request again, as answer(). Where the server stops, returns a response in any case.
    control::Reply check(const protocol::Request& request, const control::Waiting& waiting, bool is_stopping);

    /// The work of jobs; lives as long as the engine.
    Work& work() { return work_; }

    /// What streams report; lives as long as the engine.
    News& news() { return news_; }

    /// The makers of the jobs that train; they may be used as long as the engine.
    jobs::JobMakers training_makers() { return engine::training_makers(world_); }

    /// The makers of the jobs that read and write the objects of this store, which must outlive the jobs; they may be
    /// used as long as the engine.
    jobs::JobMakers object_makers(s3::ObjectStore& objects) { return engine::object_makers(world_, objects); }

    /// The store of the world, for tasks of jobs; outlives the engine.
    storage::Store& store() { return world_.store(); }

    /// Stores the moments of the running clocks, so that a restart continues from them. Throws SqlError.
    void stop() { world_.stop(); }

    /// Where long bodies are kept. Lives as long as the engine. From any thread.
    const base::SpoolPlace& spool_place() const { return world_.spool_place(); }

    /// What has changed since the last call; waiters for it may be answered now.
    world::Changed take_changed() { return work_.take_changed(); }

    /// Makes `/_local/health` report the HTTPS endpoint. To be called before the first request.
    void set_https(control::Https https) { control_.set_https(std::move(https)); }

    /// The clock of an account, or the common one; lives until that clock is replaced.
    lifecycle::Clock& clock(std::string_view account = "") { return world_.tenants().clocks.of(account); }

private:
    using Late = std::shared_ptr<LateRequest>;

    void begin(RequestContext& context);
    bool must_wait_for_due(RequestContext& context, const control::Waiting* waiting, Late& late);
    control::Waiting hold(const protocol::Request& request, const control::Waiting* waiting, const Late& late);
    control::Reply reply_to(const protocol::Request& request, const control::Waiting* waiting, bool is_stopping,
                            Late late = nullptr, Reading* reading = nullptr);
    control::Reply answer_control(const RequestContext& context, const control::Waiting* waiting, bool is_stopping);
    control::Reply answer_service(RequestContext& context, Reading* reading);
    void verify(const RequestContext& context) const;
    void match_rule(RequestContext& context);
    control::Reply carry_out(RequestContext& context);
    control::Waiting wait_for(const runtime::NotMade& missing, RequestContext& context);
    control::Reply end(RequestContext& context, protocol::Response response);
    control::Reply conclude(RequestContext& context, control::Reply reply);
    void forget_counts();
    protocol::Response failure(RequestContext& context, const char* what);
    void log_notes();

    world::World world_;
    Backlog backlog_{world_};
    Work work_;
    News news_;
    Makers makers_;
    events::Events events_;
    base::Log& log_;
    control::Access access_;
    control::Control control_;
    std::optional<signing::Credentials> credentials_;
    protocol::RequestIds request_ids_;
    DateText date_;
};

}  // namespace plocal::engine
