// One line an event, as text or as JSON, to stderr. From any thread. Lines are written by a thread of their own: who
// logs never waits for the reader of stderr; if that one stalls, the oldest lines are dropped.
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

std::optional<Level> parse_level(std::string_view text);
inline constexpr std::string_view level_form = "debug, info, warn, error or off";
std::optional<Format> parse_format(std::string_view text);
inline constexpr std::string_view format_form = "text or json";

/// One named value of a line.
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

    /// Whether a line of this level is written at all: ask before building an expensive one.
    bool wants(Level level) const { return level >= level_; }

    /// Writes one line: in text `TIME LEVEL event name=value ...`, in JSON an object of the same. Empty values are left
    /// out; control characters are escaped in both.
    void write(Level level, std::string_view event, std::initializer_list<Field> fields = {});

private:
    Level level_;
    Format format_;
    std::shared_ptr<spdlog::details::thread_pool> writer_;
    std::shared_ptr<spdlog::logger> logger_;
};

}  // namespace plocal::base
