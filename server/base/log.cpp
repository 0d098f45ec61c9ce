#include "server/base/log.h"

#include <algorithm>

#include <spdlog/async.h>
#include <spdlog/async_logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include "server/base/json.h"

namespace plocal::base {
namespace {

constexpr std::size_t queued_lines = 1024;  // allocated at the start, 400 bytes each

spdlog::level::level_enum spdlog_level(Level level) {
    switch (level) {
        case Level::debug:
            return spdlog::level::debug;
        case Level::info:
            return spdlog::level::info;
        case Level::warn:
            return spdlog::level::warn;
        case Level::error:
            return spdlog::level::err;
        case Level::off:
            break;
    }
    return spdlog::level::off;
}

/// Returns a value as a text line shows it: in quotes, with escapes, if it has blanks, quotes, `=` or control
/// characters.
std::string text_value(const std::string& value) {
    const bool plain = std::ranges::none_of(
        value, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '\\' || c == '='; });
    return plain ? value : Json(value).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::optional<Level> parse_level(std::string_view text) {
    if (text == "debug") return Level::debug;
    if (text == "info") return Level::info;
    if (text == "warn") return Level::warn;
    if (text == "error") return Level::error;
    if (text == "off") return Level::off;
    return std::nullopt;
}

std::optional<Format> parse_format(std::string_view text) {
    if (text == "text") return Format::text;
    if (text == "json") return Format::json;
    return std::nullopt;
}

Log::Log(Level level, Format format) : level_(level), format_(format) {
    writer_ = std::make_shared<spdlog::details::thread_pool>(queued_lines, 1);
    logger_ = std::make_shared<spdlog::async_logger>("log", std::make_shared<spdlog::sinks::stderr_sink_mt>(), writer_,
                                                     spdlog::async_overflow_policy::overrun_oldest);
    logger_->set_level(spdlog_level(level));
    const auto utc = spdlog::pattern_time_type::utc;
    logger_->set_pattern(
        format == Format::json ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})" : "%Y-%m-%dT%H:%M:%S.%eZ %l %v",
        utc);
}

Log::~Log() = default;

void Log::write(Level level, std::string_view event, std::initializer_list<Field> fields) {
    if (!wants(level)) return;
    std::string line;
    if (format_ == Format::json) {
        Json json = {{"event", event}};
        for (const Field& field : fields) {
            if (!field.value.empty()) json[std::string(field.name)] = field.value;
        }
        line = json.dump(-1, ' ', false, Json::error_handler_t::replace);
        line = line.substr(1, line.size() - 2);  // the pattern writes the braces and the first members
    } else {
        line = event;
        for (const Field& field : fields) {
            if (!field.value.empty()) line.append(" ").append(field.name).append("=").append(text_value(field.value));
        }
    }
    logger_->log(spdlog_level(level), "{}", line);
}

}  // namespace plocal::base
