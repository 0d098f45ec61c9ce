// The PERSONALIZE_LOCAL_ variables of the environment. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace plocal::app {

/// The variable of a flag: "in-progress" has PERSONALIZE_LOCAL_IN_PROGRESS.
std::string variable_of(std::string_view flag);

class Environment {
public:
    /// Keeps those of our variables that are set to something. Passes over what Kubernetes makes for a Service of our
    /// name, with a note. Throws UsageError for one of our prefix that no flag has.
    Environment(const std::vector<std::string>& environment, std::vector<std::string>& notes);

    /// What a variable says: nothing where it is unset or empty, several values at commas where it may have several.
    std::vector<std::string> values(const std::string& variable, bool is_repeatable) const;

private:
    std::map<std::string, std::string> variables_;
};

}  // namespace plocal::app
