// What requests, calls and due work have changed in the world. Plain values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace plocal::world {

/// For requests that wait for a change, and for streams. An account is twelve digits, or "" for what is common to all.
struct Changed {
    bool may_be_all = false;           // any resource may have another status
    std::vector<std::string> arns;     // the resources that were saved or removed
    std::vector<std::string> rebuilt;  // accounts whose resources were replaced by others; "" for all
    std::vector<std::string> clocks;   // accounts whose clock was set, moved or given another speed
    std::vector<std::string> rules;    // accounts whose rules were changed, but for their counts
    std::vector<std::int64_t> layers;  // that were added to the resources that were there; 0 for none

    void add(const Changed& more) {
        may_be_all = may_be_all || more.may_be_all;
        arns.insert(arns.end(), more.arns.begin(), more.arns.end());
        rebuilt.insert(rebuilt.end(), more.rebuilt.begin(), more.rebuilt.end());
        clocks.insert(clocks.end(), more.clocks.begin(), more.clocks.end());
        rules.insert(rules.end(), more.rules.begin(), more.rules.end());
        layers.insert(layers.end(), more.layers.begin(), more.layers.end());
    }
};

}  // namespace plocal::world
