// The ARNs of documents, before their resources are read: eight bytes for each. Two ARNs may count as the same once in
// 2^64 pairs. Plain values.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace plocal::snapshot {

class ArnIndex {
public:
    void add(std::string_view arn) { hashes_.push_back(hash_of(arn)); }

    /// Needed after the last `add`, before any of the calls below.
    void finish() {
        std::sort(hashes_.begin(), hashes_.end());
        for (std::size_t i = 1; i < hashes_.size(); ++i) {
            if (hashes_[i] == hashes_[i - 1]) repeated_.push_back(hashes_[i]);
        }
    }

    bool contains(std::string_view arn) const {
        return std::binary_search(hashes_.begin(), hashes_.end(), hash_of(arn));
    }

    /// Returns true where the documents may have the ARN more than once.
    bool is_repeated(std::string_view arn) const {
        return !repeated_.empty() && std::binary_search(repeated_.begin(), repeated_.end(), hash_of(arn));
    }

private:
    static std::uint64_t hash_of(std::string_view arn) { return std::hash<std::string_view>()(arn); }

    std::vector<std::uint64_t> hashes_;    // in order once finished
    std::vector<std::uint64_t> repeated_;  // in order
};

}  // namespace plocal::snapshot
