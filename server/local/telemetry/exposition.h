// Writes Prometheus' text exposition format, 0.0.4. Pure.
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

    /// Begins a metric; its samples come right behind. `type` is counter, gauge or histogram.
    void metric(std::string_view name, std::string_view type, std::string_view help);

    /// One sample of the metric begun last; `suffix` is behind its name ("_bucket").
    void sample(std::string_view suffix, Labels labels, std::string_view value);
    void sample(Labels labels, std::int64_t value) { sample("", labels, std::to_string(value)); }

    const std::string& text() const { return text_; }

private:
    std::string name_;
    std::string text_;
};

}  // namespace plocal::telemetry
