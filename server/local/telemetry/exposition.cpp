#include "server/local/telemetry/exposition.h"

namespace plocal::telemetry {
namespace {

/// Escapes quotation marks in the value of a label only, as the format requires.
std::string escaped(std::string_view text, bool is_label) {
    std::string line;
    for (const char c : text) {
        if (c == '\n') {
            line += "\\n";
            continue;
        }
        if (c == '\\' || (is_label && c == '"')) line += '\\';
        line += c;
    }
    return line;
}

}  // namespace

void Exposition::metric(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    text_ += "# HELP " + name_ + ' ' + escaped(help, false) + '\n';
    text_ += "# TYPE " + name_ + ' ' + std::string(type) + '\n';
}

void Exposition::sample(std::string_view suffix, Labels labels, std::string_view value) {
    text_ += name_;
    text_ += suffix;
    char before = '{';
    for (const auto& [label, text] : labels) {
        text_ += before + std::string(label) + "=\"" + escaped(text, true) + '"';
        before = ',';
    }
    if (labels.size() > 0) text_ += '}';
    text_ += ' ';
    text_ += value;
    text_ += '\n';
}

}  // namespace plocal::telemetry
