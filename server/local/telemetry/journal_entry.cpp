#include "server/local/telemetry/journal_entry.h"

#include <algorithm>
#include <cstdio>

#include "server/base/iso8601.h"
#include "server/base/json.h"

namespace plocal::telemetry {
namespace {

using base::Json;

std::string quoted(std::string_view text) {
    return base::json_text(text);
}

bool is_plain(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= ' ' && c < '\x7f' && c != '"' && c != '\\'; });
}

void add_name(std::string& text, std::string_view name) {
    if (text.back() != '{') text += ',';
    text += '"';
    text += name;
    text += "\":";
}

void add_raw(std::string& text, std::string_view name, std::string_view json) {
    add_name(text, name);
    text += json;
}

/// Skips the JSON library for plain texts, which are most of them.
void add_text(std::string& text, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    if (!is_plain(value)) return add_raw(text, name, quoted(value));
    add_name(text, name);
    text += '"';
    text += value;
    text += '"';
}

void add_input(std::string& text, const JournalEntry& entry) {
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";  // allowed before JSON, but not inside it
    std::string_view input = entry.input;
    if (!entry.is_input_json) return add_text(text, "input", input);
    if (input.starts_with(byte_order_mark)) input.remove_prefix(byte_order_mark.size());
    const bool is_empty = input.find_first_not_of(" \t\r\n") == std::string_view::npos;
    add_raw(text, "input", is_empty ? "{}" : input);
}

std::string duration_text(std::chrono::microseconds duration) {
    constexpr int us_a_ms = 1000;
    char text[32];
    const auto us = static_cast<long long>(duration.count());
    const int length = std::snprintf(text, sizeof text, "%lld.%03lldms", us / us_a_ms, us % us_a_ms);
    return {text, static_cast<std::size_t>(length)};
}

/// Returns true where a JSON text has this text as a whole value or name. Some writers escape each slash.
bool holds(std::string_view json, std::string_view text) {
    const std::string wanted = quoted(text);
    if (json.find(wanted) != std::string_view::npos) return true;
    if (json.find("\\/") == std::string_view::npos) return false;
    std::string escaped;
    for (const char c : wanted) {
        if (c == '/') escaped += '\\';
        escaped += c;
    }
    return json.find(escaped) != std::string_view::npos;
}

bool is_about(const JournalEntry& entry, std::string_view arn) {
    return holds(entry.input, arn) || (entry.operation.starts_with("Create") && holds(entry.output, arn));
}

bool has_result(const JournalEntry& entry, std::string_view result) {
    if (result == "ok") return entry.error.empty();
    return result == "refused" ? !entry.error.empty() : entry.error == result;
}

}  // namespace

std::string_view operation_of(const JournalEntry& entry) {
    return entry.operation.empty() ? "unknown" : entry.operation;
}

void add_entry(std::string& text, const JournalEntry& entry, bool with_bodies) {
    text += '{';
    add_text(text, "id", entry.id);
    add_text(text, "time", base::iso8601(entry.at));
    add_text(text, "operation", operation_of(entry));
    add_text(text, "target", entry.target.substr(0, entry.target.find('?')));
    add_text(text, "account", entry.account);
    add_text(text, "region", entry.region);
    if (with_bodies) add_input(text, entry);
    if (with_bodies && !entry.output.empty()) add_raw(text, "output", entry.output);
    add_text(text, "error", entry.error);
    add_text(text, "message", entry.message);
    add_text(text, "why", entry.why);
    add_raw(text, "status", std::to_string(entry.status));
    add_text(text, "duration", duration_text(entry.duration));
    add_text(text, "rule", entry.rule);
    add_text(text, "connection", entry.connection);
    text += '}';
}

bool matches(const JournalEntry& entry, const JournalFilter& filter) {
    if (filter.account && entry.account != *filter.account) return false;
    if (filter.operation && operation_of(entry) != *filter.operation) return false;
    if (filter.result && !has_result(entry, *filter.result)) return false;
    if (filter.rule && entry.rule != *filter.rule) return false;
    if (filter.id && entry.id != *filter.id) return false;
    return !filter.arn || is_about(entry, *filter.arn);
}

}  // namespace plocal::telemetry
