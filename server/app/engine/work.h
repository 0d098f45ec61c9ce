// Connects open work in the store, and the models that requests wait for, with the job queue: begins a job when its
// status begins, aborts it when the resource changes otherwise, and stores its result. Keeps an index of open work in
// memory, so that a request without work costs nothing. On the thread that owns the world. Failures of the store are
// logged; nothing is thrown unless it says so. A result that cannot be stored is kept, and stored later: a restart does
// that work again.
#pragma once

#include <exception>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/app/engine/training.h"
#include "server/app/engine/work_result.h"
#include "server/base/instant.h"
#include "server/base/log.h"
#include "server/local/control/control.h"
#include "server/local/world/world.h"
#include "server/service/jobs/queue.h"
#include "server/wire/protocol/message.h"
#include "storage/record.h"

namespace plocal::engine {

class Work {
public:
    /// World and log must outlive this. Throws SqlError.
    Work(world::World& world, base::Log& log);

    /// Sends work to this queue, which must outlive the last request, and begins what has begun. To be called before
    /// the first request. Without a queue, and for kinds that it has no maker for, work is done as soon as it begins.
    void connect(jobs::Queue& queue);

    /// Takes in what the world has changed, stores the results that are kept, begins a slice of what has begun by now,
    /// and sets the queue's alarm: at once where more has begun, for the next beginning by a running clock, or in a
    /// second if a result is still kept. To be called after each request.
    void follow();

    /// Begins what trainings have begun to wait for, outside of a request.
    void begin_models() { models_.begin(queue_); }

    /// What has changed since the last call of this: waiters for it may be answered now.
    world::Changed take_changed() { return std::exchange(changed_, {}); }

    /// Stores the result of a job, or keeps it if the store fails. Does nothing for a job that was aborted or whose
    /// resource has changed meanwhile.
    void finish(const jobs::JobEnd& end);

    /// Does a slice of what is due by now, begins work that has begun by now, and lets the queue's alarm go off again
    /// at once where more is due.
    void run_due();

    /// The response to a Create: at once where the resource does not lack its work alone, else Waiting until the work
    /// is over or the server stops, 20 s at most. The resource must have been committed.
    control::Reply hold(const std::string& arn, protocol::Response response);

    /// The jobs of an account's resources, of all for "", that have not ended.
    std::vector<control::OpenJob> jobs(std::string_view account);

private:
    using Moment = jobs::Queue::Moment;

    struct Open {
        std::string account;
        base::Instant at{};                  // when the work begins or began
        std::optional<jobs::Ticket> ticket;  // of its job, once that is in the queue
        std::string_view what;               // set where `ticket` is
    };

    /// The result of work that is over.
    struct Unstored {
        EndedWork work;
        bool is_logged = false;  // the store has failed, and the log says so
    };

    control::Reply check(const std::string& arn, Moment until, protocol::Response response, bool is_stopping);
    std::optional<storage::Record> find_working(const std::string& arn);
    std::optional<storage::Record> find_open(const std::string& arn);
    void log_failure(const std::exception& error);
    void follow_changes();
    void insert(const storage::WorkStart& start);
    void erase(const std::string& arn);
    void rebuild(const std::string& account);
    void begin_due();
    void begin(const std::string& arn);
    void leave_upcoming(const std::string& arn, const Open& open);
    void store_results();
    void try_to_store(const std::string& arn);
    void store_result(const std::string& arn);
    std::optional<Moment> next_alarm();
    void set_alarm();

    world::World& world_;
    base::Log& log_;
    world::Changed changed_;
    world::Changed unfollowed_;  // more than nothing only after the store has failed
    ModelJobs models_{world_, changed_.arns};
    jobs::Queue* queue_ = nullptr;
    std::optional<Moment> sweep_at_;                 // when displaced resources are removed next
    std::map<std::string, Open, std::less<>> open_;  // by ARN
    std::map<std::string, std::set<std::pair<base::Instant, std::string>>> upcoming_;  // by account, not begun
    std::map<jobs::Ticket, std::string> arns_;                                         // by job in the queue
    std::map<std::string, Unstored, std::less<>> unstored_;                            // by ARN, each in open_ too
};

}  // namespace plocal::engine
