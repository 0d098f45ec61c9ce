// Builds the postfix steps of conditions that are joined by AND, OR and parentheses, where AND binds tighter. Linear in
// time, without recursion. Pure.
#pragma once

#include <vector>

#include "server/model/languages/filter/tree.h"

namespace plocal::languages {

class FilterLogic {
public:
    void open() { waiting_.push_back(Waiting::parenthesis); }
    void condition() { steps_.push_back(FilterStep::condition); }
    void join_both() { join(Waiting::both); }
    void join_either() { join(Waiting::either); }

    /// Closes the last open parenthesis. There must be one.
    void close();

    /// Returns the steps. No parenthesis may be open.
    std::vector<FilterStep> take();

private:
    enum class Waiting { parenthesis, either, both };  // the later binds tighter

    void join(Waiting next);
    void settle(Waiting next);

    std::vector<Waiting> waiting_;  // operators whose second operand is not complete
    std::vector<FilterStep> steps_;
};

}  // namespace plocal::languages
