// The table of control calls: the path of each, its parameters, and the function that answers it. On the thread that
// owns the world.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/instant.h"
#include "server/local/control/control_call.h"
#include "server/local/control/long_call.h"
#include "server/local/world/world.h"

namespace plocal::control {

inline constexpr std::string_view json_type = "application/json";
inline constexpr std::string_view events_type = "text/event-stream";
inline constexpr std::string_view pem_type = "application/x-pem-file";

struct Https {
    std::uint16_t port = 0;
    std::string ca_file;         // path of the certificate of the CA; empty where it is in memory alone
    std::string ca_certificate;  // PEM; empty where the certificate of the server is the user's own
};

/// The job of a resource that has not ended.
struct OpenJob {
    std::string arn;
    std::string what;       // "import"
    bool is_begun = false;  // else it waits for other jobs
    std::int64_t bytes = 0;
    std::int64_t lines = 0;
    base::Instant since{};  // when the work began, on its owner's clock
};

/// What the server knows about itself, beside its world.
struct About {
    std::string version;
    std::optional<Https> https = {};
    std::function<std::vector<OpenJob>(std::string_view account)> jobs = {};  // of all accounts for ""
    std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
};

/// What the bodies of request and answer are like.
enum class Bodies {
    short_ones,  // texts in memory
    long_ones,   // they may be too long for memory: spools keep them then
    events,      // the answer is a stream that the app writes; the call itself answers its head alone
};

struct CallRow {
    std::string_view method;
    std::string_view path;  // one that ends in {id} takes any id there
    std::string_view about;
    std::vector<std::string> parameters = {};  // of the query, beside "account"
    /// Returns the text of the answer. May throw ControlError and SqlError. Null for a call that may have to wait.
    std::string (*answer)(world::World& world, const About& about, const ControlCall& call) = nullptr;
    std::string_view type = json_type;
    bool takes_account = true;  // the parameter "account"
    /// Begins a call that may have to wait. `about` must outlive it. May throw ControlError and SqlError. Null for all
    /// others.
    LongCall (*begin)(world::World& world, const About& about, const ControlCall& call) = nullptr;
    /// The call depends on what resources are at present, so that it waits until the work that is due is done.
    bool waits_for_due = false;
    Bodies bodies = Bodies::short_ones;
};

const std::vector<CallRow>& call_table();

}  // namespace plocal::control
