#include "server/base/log.h"

#include <algorithm>

#include <spdlog/async.h>
#include <spdlog/async_logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include "server/base/json.h"
#include "server/base/text.h"

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

/// Returns true if a text has a control character beyond those that JSON escapes: DEL, or one of the 32 from U+0080 on.
/// Terminals obey some of these.
bool has_control(std::string_view text) {
    if (text.find('\x7f') != std::string_view::npos) return true;
    for (std::size_t at = text.find('\xC2'); at != std::string_view::npos; at = text.find('\xC2', at + 1)) {
        if (at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0) return true;
    }
    return false;
}

/// Returns JSON in one line without control characters. Bytes that are not UTF-8 become U+FFFD.
std::string dumped(const Json& json) {
    std::string text = json_text(json);
    return has_control(text) ? json.dump(-1, ' ', true, Json::error_handler_t::replace) : text;
}

/// Returns a value as a text line shows it: in quotes, with escapes, if it has blanks, quotes, `=` or control
/// characters.
std::string text_value(const std::string& value) {
    const auto is_plain = [](char c) { return c > ' ' && c < '\x7f' && c != '"' && c != '\\' && c != '='; };
    if (std::ranges::all_of(value, is_plain)) return value;
    const auto is_letter = [](char c) { return static_cast<unsigned char>(c) >= 0x80; };
    const bool may_stay = std::ranges::all_of(value, [&](char c) { return is_plain(c) || is_letter(c); });
    return may_stay && is_utf8(value) && !has_control(value) ? value : dumped(value);
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
        line = dumped(json);
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
