// Records as they were read lately: a resource that is polled costs no statement and no parsing until something is
// written. For ResourceRepository alone, on the thread that owns the database.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "storage/record.h"

namespace plocal::storage {

class KeptRecords {
public:
    /// Returns what was kept of this ARN at the same state of the database, else what `read` returns, which may be
    /// null. A state is a number that never comes back.
    template <typename Read>
    std::shared_ptr<const Record> find(std::string_view arn, std::int64_t state, Read read) {
        if (slots_.empty()) slots_.resize(most_kept);
        Slot& slot = slots_[std::hash<std::string_view>()(arn) % most_kept];
        if (slot.record != nullptr && slot.state == state && slot.record->arn == arn) return slot.record;
        std::shared_ptr<const Record> record = read();
        if (record != nullptr) slot = {record, state};
        return record;
    }

private:
    static constexpr std::size_t most_kept = 4096;

    // A record has one place. What is read there later displaces it, so nothing has to be looked for or removed.
    struct Slot {
        std::shared_ptr<const Record> record;
        std::int64_t state = 0;
    };

    std::vector<Slot> slots_;  // empty until the first use
};

}  // namespace plocal::storage
