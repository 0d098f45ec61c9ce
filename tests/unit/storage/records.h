// Records for tests, complete enough to be stored.
#pragma once

#include <chrono>
#include <string>

#include "storage/record.h"

namespace plocal::storage {

inline const Owner alice{"111111111111", "us-east-1"};

inline base::Instant at_ms(std::int64_t ms) {
    return base::Instant(std::chrono::milliseconds(ms));
}

/// A batch inference job of alice, created at this time.
inline Record job(const std::string& name, std::int64_t created_ms = 1000) {
    Record record;
    record.owner = alice;
    record.kind = "batchInferenceJob";
    record.arn = "arn:aws:personalize:us-east-1:111111111111:batch-inference-job/" + name;
    record.name = name;
    record.document = R"({"jobName":")" + name + R"("})";
    record.created = at_ms(created_ms);
    record.timeline.begins = at_ms(created_ms);
    record.timeline.changed = at_ms(created_ms);
    record.timeline.steps = {{"CREATE PENDING", Ending::duration, std::chrono::milliseconds(1000), 0, {}},
                             {"ACTIVE", Ending::never, {}, 0, {}}};
    return record;
}

inline Record of(Record record, const Owner& owner) {
    record.owner = owner;
    return record;
}

inline Record under(Record record, const std::string& parent) {
    record.parent = parent;
    return record;
}

}  // namespace plocal::storage
