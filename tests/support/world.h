// A whole world in memory with a clock that only the test moves: requests go in as they would from the network, and
// their answers come out.
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

/// One answer, taken apart.
struct Answer {
    int status = 0;
    std::string text;  // the body as it came
    base::Json body;   // null where the body is empty or no JSON
    protocol::Response response;

    std::string header(std::string_view name) const;
    std::string error() const;  // the name of the exception; empty for a success
    std::string message() const;
};

class World {
public:
    /// Where the clock stands at first: 2026-01-31T12:00:00.123Z.
    static base::Instant start_time();

    explicit World(resources::ServiceSettings settings = {}, const std::string& database = ":memory:");

    /// One that is made as the program makes it.
    struct Made {};
    World(Made, world::WorldConfig config, const std::string& database,
          std::optional<signing::Credentials> credentials = {});
    static World from(world::WorldConfig config, const std::string& database = ":memory:") {
        return World(Made(), std::move(config), database);
    }

    /// Adds a fixtures document; a bad one fails the test at hand.
    void load(const base::Json& document);

    /// Calls an operation of the control plane as an unsigned client, or as one with this access key and region.
    Answer call(std::string_view operation, const base::Json& input);
    Answer call_as(std::string_view access_key, std::string_view region, std::string_view operation,
                   const base::Json& input);

    /// Any request at all, but for one that is to wait.
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

/// The ARN of a resource of our own account and region: arn("batch-inference-job/one").
std::string arn(std::string_view type_and_id);

/// The least that CreateBatchInferenceJob takes, for a solution version that `load_solution_version` makes.
base::Json create_input(std::string_view job_name);

/// Loads an ACTIVE solution version, arn("solution/movies/1234abcd"), by its ARN alone.
void load_solution_version(World& world);

}  // namespace plocal::support
