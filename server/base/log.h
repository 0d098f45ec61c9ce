// The program's log: one line per event to stderr, as text or as JSON. From any thread. A writer thread of its own
// writes the lines, so logging never waits for the reader of stderr. If that reader stalls, the oldest lines are
// dropped.
#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace spdlog {
class logger;
namespace details {
class thread_pool;
}
}  // namespace spdlog

namespace plocal::base {

enum class Level { debug, info, warn, error, off };
enum class Format { text, json };

/// Both return nothing for a text that is not one of the names.
std::optional<Level> parse_level(std::string_view text);
std::optional<Format> parse_format(std::string_view text);

/// Describe the names. Messages put them behind "expected ".
inline constexpr std::string_view level_form = "debug, info, warn, error or off";
inline constexpr std::string_view format_form = "text or json";

/// One named value of a line. The name must live until the call returns.
struct Field {
    std::string_view name;
    std::string value;
};

class Log {
public:
    Log(Level level, Format format);
    ~Log();
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;

    /// Returns true if lines of this level are written. Check it before building an expensive line.
    bool wants(Level level) const { return level >= level_; }

    /// Queues one line: in text `TIME LEVEL event name=value ...`, in JSON an object with the same values. Leaves empty
    /// values out. Escapes control characters in both formats.
    void write(Level level, std::string_view event, std::initializer_list<Field> fields = {});

private:
    Level level_;
    Format format_;
    std::shared_ptr<spdlog::details::thread_pool> writer_;
    std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace plocal::base
