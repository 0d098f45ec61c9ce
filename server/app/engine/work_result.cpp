#include "server/app/engine/work_result.h"

#include <string>
#include <utility>

#include "server/service/resources/kinds.h"
#include "server/service/resources/life.h"
#include "server/service/resources/resource_view.h"

namespace plocal::engine {

using storage::Record;

EndedWork ended_work(const jobs::JobEnd& end) {
    const auto& [files, bytes, lines, errors] = end.progress;
    return {.result = {end.is_failed,
                       end.failure_reason,
                       {.files = files, .bytes = bytes, .lines = lines, .errors = errors, .detail = end.detail}},
            .members = end.members};
}

void store_result(world::World& world, Record& record, const EndedWork& work) {
    lifecycle::Clock& clock = world.tenants().clocks.of(record.owner.account);
    const base::Instant now = clock.now();
    const resources::Kind& kind = resources::kind_named(record.kind);
    if (!lifecycle::finish_work(record.timeline, work.result, now, clock.is_frozen(), kind.transitions)) return;
    if (!work.result.is_failed && !work.members.empty()) {
        base::Json document = base::parse_json(record.document);
        document.update(work.members);
        record.document = resources::document_of(kind, std::move(document));
    }
    storage::sqlite::Transaction transaction = world.store().begin();
    resources::save_life(world.store(), world.life_rules(), record, now);
    transaction.commit();
}

void report_end(world::World& world, base::Log& log, const ResourceJob& job, const jobs::JobEnd& end) {
    const auto& [files, bytes, lines, errors] = end.progress;
    world.metrics().record_job(job.what, end.is_failed, {.bytes = bytes, .lines = lines});
    log.write(end.is_failed ? base::Level::warn : base::Level::info, "job",
              {{"what", std::string(job.what)},
               {"arn", job.arn},
               {"outcome", end.is_failed ? "failed" : "done"},
               {"files", std::to_string(files)},
               {"bytes", std::to_string(bytes)},
               {"lines", std::to_string(lines)},
               {"errors", std::to_string(errors)},
               {"reason", end.failure_reason},
               {"detail", end.detail}});
}

}  // namespace plocal::engine
