// The variables of the environment whose names begin with PERSONALIZE_LOCAL_. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace plocal::app {

/// The name of the variable of a flag: PERSONALIZE_LOCAL_IN_PROGRESS for "in-progress".
std::string variable_of(std::string_view flag);

class Environment {
public:
    /// Keeps the variables that belong to a flag and are not empty. Ignores those of the npm and pip packages. Ignores
    /// those that Kubernetes sets for a Service of this name, and adds a note for each. Throws UsageError for any other
    /// variable with the prefix.
    Environment(const std::vector<std::string>& environment, std::vector<std::string>& notes);

    /// The values of a variable: none if it is unset or empty. The text of a repeatable one is split at commas, and
    /// empty parts are dropped.
    std::vector<std::string> values(const std::string& variable, bool is_repeatable) const;

private:
    std::map<std::string, std::string> variables_;
};

}  // namespace plocal::app
