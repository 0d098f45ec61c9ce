// A whole server without its network: requests go to the engine as they would from a socket, with a store in memory and
// a frozen clock that only the test advances. For one thread.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#include "server/app/engine/engine.h"
#include "server/base/json.h"
#include "server/base/log.h"
#include "server/wire/protocol/message.h"
#include "storage/store.h"

namespace plocal::support {

/// One answer and its parts.
struct Answer {
    int status = 0;
    std::string text;  // the body as received
    base::Json body;   // null if the body is empty or not JSON
    protocol::Response response;

    std::string header(std::string_view name) const;
    std::string error() const;  // the name of the exception; empty for a success
    std::string message() const;
};

/// "ERROR: message" for a refusal; the HTTP status for a success.
std::string outcome(const Answer& answer);

class World {
public:
    /// The first time of the clock: 2026-01-31T12:00:00.123Z.
    static base::Instant start_time();

    explicit World(resources::ServiceSettings settings = {}, const std::string& database = ":memory:");

    /// Builds a world from a configuration as the program does.
    struct Made {};
    World(Made, world::WorldConfig config, const std::string& database,
          std::optional<signing::Credentials> credentials = {});
    static World from(world::WorldConfig config, const std::string& database = ":memory:") {
        return World(Made(), std::move(config), database);
    }

    /// Adds a fixtures document. An invalid one fails the current test.
    void load(const base::Json& document);

    /// Call an operation of the control plane, unsigned or with this access key and region.
    Answer call(std::string_view operation, const base::Json& input);
    Answer call_as(std::string_view access_key, std::string_view region, std::string_view operation,
                   const base::Json& input);

    /// Sends any request that waits for nothing but due work. A successful answer that does not fit the model fails the
    /// current test.
    Answer send(const protocol::Request& request);

    void advance(std::chrono::milliseconds by);

    storage::Store& store() { return store_; }
    engine::Engine& engine() { return engine_; }
    base::Instant now() { return engine_.clock().now(); }

private:
    base::Log log_{base::Level::off, base::Format::text};
    storage::Store store_;
    engine::Engine engine_;
};

/// The ARN of a resource in the default account and region: arn("batch-inference-job/one").
std::string arn(std::string_view type_and_id);

/// The required members of CreateBatchInferenceJob, with the solution version that `load_solution_version` loads.
base::Json create_input(std::string_view job_name);

/// Loads an ACTIVE solution version, arn("solution/movies/1234abcd"), given only by its ARN.
void load_solution_version(World& world);

}  // namespace plocal::support
