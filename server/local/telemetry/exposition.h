// Writes the text exposition format of Prometheus, version 0.0.4. Pure.
// https://prometheus.io/docs/instrumenting/exposition_formats/
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace plocal::telemetry {

class Exposition {
public:
    using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

    /// Begins a metric. `type` is counter, gauge or histogram. Its samples must follow at once.
    void metric(std::string_view name, std::string_view type, std::string_view help);

    /// Adds a sample of the metric. `suffix` follows the name of the metric, such as "_bucket".
    void sample(std::string_view suffix, Labels labels, std::string_view value);
    void sample(Labels labels, std::int64_t value) { sample("", labels, std::to_string(value)); }

    const std::string& text() const { return text_; }

private:
    std::string name_;
    std::string text_;
};

}  // namespace plocal::telemetry
