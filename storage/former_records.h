// Remembers what resources were before they were changed, for a feed of changes. On the thread that owns the database.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/record.h"

namespace plocal::storage {

/// A resource that was changed, whether or not that was committed.
struct FormerRecord {
    std::string arn;
    std::optional<Record> record;  // before its first change; nothing where it did not exist
};

class FormerRecords {
public:
    /// Begins to remember, or ends it and forgets all.
    void keep(bool is_kept) {
        is_kept_ = is_kept;
        take();
    }

    /// Returns true for a resource whose former record is to be added now.
    bool lacks(std::string_view arn) const { return is_kept_ && !arns_.contains(arn); }

    void add(std::string_view arn, std::optional<Record> record) {
        arns_.emplace(arn);
        records_.push_back({std::string(arn), std::move(record)});
    }

    /// Returns what was added since the last call, in that order.
    std::vector<FormerRecord> take() {
        arns_.clear();
        return std::exchange(records_, {});
    }

private:
    bool is_kept_ = false;
    std::set<std::string, std::less<>> arns_;
    std::vector<FormerRecord> records_;
};

}  // namespace plocal::storage
