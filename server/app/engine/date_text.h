// The moment of responses as HTTP writes it. Most requests of a second share the text. For one thread at a time.
#pragma once

#include <chrono>
#include <string>

#include "server/base/instant.h"
#include "server/base/iso8601.h"

namespace plocal::engine {

class DateText {
public:
    /// Lives until the next call.
    const std::string& of(base::Instant now) {
        const base::Instant second = std::chrono::floor<std::chrono::seconds>(now);
        if (second != second_ || text_.empty()) {
            second_ = second;
            text_ = base::http_date(now);
        }
        return text_;
    }

private:
    base::Instant second_{};  // the one that the text shows
    std::string text_;
};

}  // namespace plocal::engine
